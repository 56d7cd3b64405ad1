"""Numbers in prose: what is claimed, and must be computed by the code of its page.

A *claim* is a number with a decimal point, an exponent or a percent in text, tables, captions,
alternative texts or formulas.
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from bs4 import NavigableString, Tag

# what is no prose, or is prose made from data
APART = "pre, code, script, .headerlink, .output, .fig-source, .card, table.generated, nav, "
APART += "button"
BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figcaption, summary, desc, "
BLOCKS += "div, aside, blockquote, caption"
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


class Claim(NamedTuple):
    """A number as it stands in the text: its value, the unit of its last digit, its precision."""

    text: str
    value: float
    unit: float
    digits: int
    around: str


def products(lock: str) -> list[str]:
    """The packages of a lock: a number behind such a name is a version."""
    return re.findall(r"(?m)^([\w.-]+)(?:\[.*\])?==", lock)


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
    mantissa = "1" if found["ten"] else next(filter(None, found.groups()))
    power = int(found["power"] or found["tens"] or found["exponent"] or 0)
    if found["share"]:
        power = -2
    decimals = len(mantissa.partition(".")[2])
    digits = len(mantissa.replace(".", "").lstrip("0"))
    value = float(f"{mantissa}e{power}")
    return Claim(found[0].strip(), value, float(f"1e{power - decimals}"), digits, around)
