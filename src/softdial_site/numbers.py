"""Numbers in prose: what is claimed, and must be computed by the code of its page.

A *claim* is a number with a decimal point, an exponent or a percent in text, tables, captions,
alternative texts or formulas.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4 import Tag
from bs4.element import PreformattedString

# what is no prose, or is prose made from data
SKIPPED = "pre, code, nav, button, .fig-source, .card, table.generated, "
SKIPPED += "#bench-chart title, svg text"
BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"}
BLOCKS |= {"summary", "desc", "title", "div", "aside", "blockquote", "caption", "img"}
# what is written between the parts of a formula in one line
BETWEEN = {"msup": "^", "mfrac": " / ", "msub": " ", "munder": " ", "mtable": " ", "mtr": " "}
END = "\f"  # of a block
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
VERSION = r"\d+(?:\.\d+){2,}|\bCC[ -]BY(?:-\w+)*[ -]\d\.\d"
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
    """Yield the claims of a page, in its order; formulas are read as text."""
    silent = _silent(products)
    skipped = {id(part) for part in page.select(SKIPPED)}
    for text in _plain("".join(_written(page, skipped))).split(END):
        for found in CLAIM.finditer(silent.sub(lambda part: " " * len(part[0]), text)):
            around = " ".join(text[max(found.start() - 30, 0) : found.end() + 30].split())
            yield _claim(found, around)


def _written(tag: Tag, skipped: set[int]) -> Iterator[str]:
    """Yield the pieces of the text of a part of the page, and the ends of its blocks."""
    if id(tag) in skipped or (tag.name == "a" and ADDRESS.match(tag.get_text().strip())):
        return
    edge = END if tag.name in BLOCKS else ""
    yield edge + tag.get("alt", "") * (tag.name == "img")
    yield "^" * (tag.name == "sup")
    between = ""
    for part in tag.children:
        if isinstance(part, Tag):
            yield between
            yield from _written(part, skipped)
            between = BETWEEN.get(tag.name, "")
        elif not isinstance(part, PreformattedString):  # a comment
            yield part
    yield edge


def _plain(text: str) -> str:
    """Write minus signs, powers and groups of digits in one way."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power[0].translate(SUPERSCRIPTS), text)
    text = text.replace("\N{MINUS SIGN}", "-")
    return re.sub(r"(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))", "", text)


def _silent(products: Iterable[str]) -> re.Pattern[str]:
    """Numbers that claim nothing: of a version, or behind a name that says so."""
    names = "|".join(map(re.escape, {*NAMED, *products}))
    return re.compile(rf"(?<!\w)(?i:{names})\s{{0,2}}\d+(?:\.\d+)*|{VERSION}")


def _claim(found: re.Match[str], around: str) -> Claim:
    mantissa = "1" if found["ten"] else next(filter(None, found.groups()))
    power = int(found["power"] or found["tens"] or found["exponent"] or 0)
    if found["share"]:
        power = -2
    decimals = len(mantissa.partition(".")[2])
    digits = len(mantissa.replace(".", "").lstrip("0"))
    value = float(f"{mantissa}e{power}")
    return Claim(found[0], value, float(f"1e{power - decimals}"), digits, around)
