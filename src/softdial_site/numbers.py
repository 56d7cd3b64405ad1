"""Numbers in prose are checked: each must be computed by the code of its page.

A *claim* is a number with a decimal point, an exponent or a percent in text, tables, captions,
alternative texts or formulas. It holds when it is a literal of a snippet that ran, a number in an
output, of a figure or in a table made from data, or, from two significant digits on, such a number
rounded.
"""

import ast
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

# what is no prose, or is prose made from data
APART = "pre, code, script, .headerlink, .fig-source, .card, table.generated, nav, button"
BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figcaption, summary, desc"
ADDRESS = re.compile(r"(doi:|arXiv:|https?:)\S+$", re.IGNORECASE)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

NUMBER = r"\d+(?:\.\d+)?"
CLAIM = re.compile(
    rf"""(?P<digits>{NUMBER})\s*[·\N{{MULTIPLICATION SIGN}}]\s*10\^(?P<power>-?\d+)
    | (?P<ten>10)\^(?P<tens>-?\d+)
    | (?P<float>{NUMBER})[eE](?P<exponent>[+-]?\d+)
    | (?P<share>{NUMBER})\s*(?:%|per\s?cent\b|percentage\ points?\b)
    | (?P<plain>\d*\.\d+)""",
    re.VERBOSE,
)
VERSION = re.compile(r"\d+(?:\.\d+){2,}|\bCC[ -]BY(?:-\w+)*[ -]\d\.\d")
COMMIT = re.compile(r"\b(?=[0-9a-f]*[abcdf])[0-9a-f]{7,40}\b")  # e alone writes an exponent
NAMED = ["version", "python", "numpy", "v", "license", "arxiv"]
NAMED += ["§", "section", "chapter", "figure", "table"]
SHOWN = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+")


class Claim(NamedTuple):
    """A number as it stands in the text: its value, the unit of its last digit, its precision."""

    text: str
    value: float
    unit: float
    digits: int
    around: str


class Witnesses(NamedTuple):
    """The numbers of a page's code: chosen inputs, and what was computed."""

    literals: list[float]
    computed: list[float]


def faults(
    page: Tag,
    *,
    declared: Iterable[float] = (),
    cited: Mapping[str, str] | None = None,
    products: Iterable[str] = (),
    apart: str = "",
) -> Iterator[str]:
    """Yield what is wrong with the numbers of a built page.

    ``declared`` are the values of its figures, ``cited`` the numbers of its front matter that come
    from elsewhere, with their source or reason, ``products`` the names that versions follow.
    ``apart`` selects the elements with which a part begins that answers for itself.
    """
    cited, needed = cited or {}, set()
    for claim, seen in read(page, declared, products, apart):
        if not holds(claim, seen):
            needed.add(claim.text)
            if claim.text not in cited:
                yield told(claim, seen)
    for text in cited.keys() - needed:
        yield f"cited {text} is not needed: remove it from the front matter"


def read(
    page: Tag, declared: Iterable[float], products: Iterable[str], apart: str = ""
) -> Iterator[tuple[Claim, Witnesses]]:
    """Yield each claim of a page with the numbers that may hold it."""
    declared = list(declared)
    for part in parts(page, apart):
        seen = witnesses(part, declared)
        yield from ((claim, seen) for claim in claims(part, products))


def parts(page: Tag, apart: str) -> Iterator[Tag]:
    """The page, or its parts: a question does not hold by the answer of another."""
    if not apart:
        yield page
        return
    starts = {id(start) for start in page.select(apart)}
    groups: list[list[str]] = [[]]
    for child in page.children:
        if id(child) in starts:
            groups.append([])
        groups[-1].append(str(child))
    for group in groups:
        yield BeautifulSoup(f"<article>{''.join(group)}</article>", "html.parser").article


def products(lock: str) -> list[str]:
    """The packages of a lock: a number behind such a name is a version."""
    return re.findall(r"(?m)^([\w.-]+)(?:\[.*\])?==", lock)


def told(claim: Claim, seen: Witnesses) -> str:
    near = sorted({*seen.literals, *seen.computed}, key=lambda x: abs(x - claim.value))[:3]
    return (
        f"{claim.text} in '{claim.around}' is computed nowhere on the page;\n"
        f"nearest are {', '.join(f'{x:.6g}' for x in near) or 'no numbers at all'};\n"
        "correct it, print it in a snippet, or enter it under cited: with its source"
    )


def holds(claim: Claim, seen: Witnesses) -> bool:
    """Whether the code of the page has this number."""
    if any(math.isclose(claim.value, x, rel_tol=1e-12) for x in (*seen.literals, *seen.computed)):
        return True
    half = claim.unit / 2 * (1 + 1e-9)
    return claim.digits >= 2 and any(abs(claim.value - x) <= half for x in seen.computed)


# --- what is claimed ---------------------------------------------------------------------------


def claims(page: Tag, products: Iterable[str] = ()) -> Iterator[Claim]:
    """Yield the claims of a page, in its order."""
    for text in texts(page):
        for found in CLAIM.finditer(_without_names(text, products)):
            around = " ".join(text[max(found.start() - 30, 0) : found.end() + 30].split())
            yield _claim(found, around)


def texts(page: Tag) -> Iterator[str]:
    """Yield the prose of a page, block by block, with formulas written as text."""
    page = copy(page)
    for part in page.select(APART):
        part.decompose()
    for image in page.select("img[alt]"):
        yield _plain(image["alt"])
    for link in page.find_all("a"):
        if ADDRESS.match(link.get_text().strip()):
            link.decompose()
    for block in page.select(BLOCKS):
        yield _plain(" ".join(_pieces(block)))
    for formula in page.select("math"):
        if not formula.find_parent(BLOCKS.split(", ")):
            yield _plain(_written(formula))


def _pieces(block: Tag) -> Iterator[str]:
    """The text of a block itself; blocks inside it speak for themselves."""
    pieces = [""]
    for node in block.children:
        if isinstance(node, NavigableString):
            pieces.append(str(node))
        elif node.name == "math":
            pieces.append(_written(node))
        elif node.name == "sup":
            pieces.append("^" + node.get_text())
        elif node.name not in BLOCKS.split(", "):
            pieces.extend(_pieces(node))
    yield "".join(pieces)


def _written(node: Tag) -> str:
    """A formula in one line: powers with ^, fractions with /."""
    parts = [_written(child) for child in node.find_all(True, recursive=False)]
    if node.name == "msup":
        return "^".join(parts)
    if node.name == "mfrac":
        return " / ".join(parts)
    if node.name in ("msub", "munder", "mtable", "mtr"):
        return " ".join(parts)
    return "".join(parts) if parts else node.get_text()


def _plain(text: str) -> str:
    """Write minus signs, powers and groups of digits in one way."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power[0].translate(SUPERSCRIPTS), text)
    text = text.replace("\N{MINUS SIGN}", "-")
    return re.sub(r"(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))", "", text)


def _without_names(text: str, products: Iterable[str]) -> str:
    """Blank out versions, licenses, commits and numbered parts, which claim nothing."""
    names = "|".join(map(re.escape, sorted({*NAMED, *products}, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w])(?:{names})[ :]?\s?\d+(?:\.\d+)*", re.IGNORECASE)
    for pattern in (VERSION, COMMIT, named):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _claim(found: re.Match[str], around: str) -> Claim:
    parts = found.groupdict()
    mantissa = next(
        parts[key] for key in ("digits", "ten", "float", "share", "plain") if parts[key]
    )
    power = int(parts["power"] or parts["exponent"] or 0)
    if parts["ten"]:
        mantissa, power = "1", int(parts["tens"])
    if parts["share"]:
        power = -2
    decimals = len(mantissa.partition(".")[2])
    digits = len(mantissa.replace(".", "").lstrip("0"))
    value = float(f"{mantissa}e{power}")
    return Claim(found[0].strip(), value, float(f"1e{power - decimals}"), digits, around)


# --- what the code says ------------------------------------------------------------------------


def witnesses(page: Tag, declared: Iterable[float] = ()) -> Witnesses:
    """Collect the literals of the snippets, and the numbers of outputs, figures and data."""
    blocks = page.select(".language-python:not(.doc-signature) code")
    code = [block.get_text() for block in blocks if not block.find_parent(class_="fig-source")]
    shown = " ".join(part.get_text(" ") for part in page.select(".output, table.generated"))
    computed = [float(number) for number in SHOWN.findall(shown)]
    return Witnesses(
        [number for text in code for number in literals(text)],
        computed + [abs(value) for value in declared],
    )


def literals(code: str) -> Iterator[float]:
    """Yield the numbers written in code, in formatted strings too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield float(node.value)
