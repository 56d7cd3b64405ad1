"""Numbers in prose: what is claimed, and must be computed by the code of its page.

A *claim* is a number with a decimal point, an exponent or a percent in text, tables, captions,
alternative texts or formulas.
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from bs4 import Tag

# what is no prose, or is prose made from data
SKIPPED = "pre, code, script, .headerlink, .output, .fig-source, .card, table.generated, nav, "
SKIPPED += "button, #bench-chart title, svg text"
BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figcaption, summary, desc, title, "
BLOCKS += "div, aside, blockquote, caption"
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
    for part in page.select(SKIPPED):
        part.decompose()
    for link in page.select("a"):
        if ADDRESS.match(link.get_text().strip()):
            link.decompose()
    for node in page.select(", ".join(BETWEEN)):
        for part in node.find_all(True, recursive=False)[1:]:
            part.insert_before(BETWEEN[node.name])
    for power in page.select("sup"):
        power.insert(0, "^")
    for image in page.select("img[alt]"):
        image.replace_with(f"{END}{image['alt']}{END}")
    for block in page.select(BLOCKS):
        block.insert_before(END)
        block.insert_after(END)
    yield from map(_plain, page.get_text().split(END))


def _plain(text: str) -> str:
    """Write minus signs, powers and groups of digits in one way."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power[0].translate(SUPERSCRIPTS), text)
    text = text.replace("\N{MINUS SIGN}", "-")
    return re.sub(r"(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))", "", text)


def _without_names(text: str, products: Iterable[str]) -> str:
    """Blank out versions, licenses, commits and numbered parts, which claim nothing."""
    names = "|".join(map(re.escape, sorted({*NAMED, *products}, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w])(?:{names})\s{{0,2}}\d+(?:\.\d+)*", re.IGNORECASE)
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
