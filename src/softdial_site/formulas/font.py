"""The characters of the formulas, and a font that holds exactly these."""

import html
import io
import re
from base64 import b64decode, b64encode
from collections.abc import Set
from importlib.metadata import distribution, version
from pathlib import Path
from unicodedata import decomposition

from fontTools import subset
from fontTools.ttLib import TTFont

from softdial_site import kept

SOURCE = "ziamath/fonts/STIXTwoMath-Regular.ttf"
FAMILY = "Softdial Math"
MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
TOKEN = re.compile(r"<(?P<tag>m[ino]|mtext)[^>]*>(?P<text>[^<]*)</")

# Browsers set a single letter in italics by taking another character of the font.
SLANTED = [chr(point) for point in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))]
ITALIC = {chr(int(decomposition(c).split()[1], 16)): c for c in SLANTED if decomposition(c)}
ITALIC["h"] = "\N{PLANCK CONSTANT}"


def code_points(page: str) -> set[int]:
    """Return the characters that a browser needs to set the formulas of a page."""
    formulas = "".join(MATH.findall(page))
    roots = "√" * ("<msqrt" in formulas)
    shown = "".join(map(_shown, TOKEN.finditer(formulas)))
    return set(map(ord, shown + roots))


def _shown(token: re.Match[str]) -> str:
    text = html.unescape(token["text"])
    return ITALIC.get(text, text) if token["tag"] == "mi" else text


def write_font(points: Set[int], path: Path, *, cache: Path) -> None:
    """Write a WOFF2 of the math font with these characters alone; what was cut once is kept."""
    source = Path(distribution("ziamath").locate_file(SOURCE)).read_bytes()
    tools = map(version, ("fonttools", "brotli"))
    key = kept.digest(repr(sorted(points)), source, Path(__file__).read_bytes(), *tools)
    file = cache / "math.json"
    font = kept.load(file, key)
    if font is None:
        font = {"woff2": b64encode(_cut(source, points)).decode()}
        kept.store(file, key, font)
    path.write_bytes(b64decode(font["woff2"]))


def _cut(source: bytes, points: Set[int]) -> bytes:
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    if missing := points - font.getBestCmap().keys():
        raise ValueError(f"the math font lacks {''.join(map(chr, sorted(missing)))}")
    options = subset.Options(flavor="woff2", layout_features=[], name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    _lift_scripts(font)
    _rename(font)
    cut = io.BytesIO()
    subset.save_font(font, cut, options)
    return cut.getvalue()


def _lift_scripts(font: TTFont) -> None:
    """Let a script of p stand as high as one of z.

    TeX applies these limits to what is larger than a letter, browsers to letters too.
    """
    constants = font["MATH"].table.MathConstants
    constants.SubscriptBaselineDropMin.Value = 0
    constants.SuperscriptBaselineDropMax.Value = 380


def _rename(font: TTFont) -> None:
    """Give the cut its own name: the original's is a trademark, and promises every character."""
    names = {1: FAMILY, 3: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
