"""What the build counts on the pages that it makes, as the tables of ``reference/verified``."""

import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bs4 import BeautifulSoup

from softdial_site import kept, numbers, places
from softdial_site.tables import plain

# What is counted, what finds it, and what is checked about each.
SELECTORS = {
    "blocks of code": ".language-python:not(.doc-signature, .fig-source *)",
    "outputs": ".output",
    "figures": "figure.fig:not(.card)",
    "explorers": ".explorer",
    "formulas": "math",
    "links within the site": "a[href]:not(.headerlink, [href^='http'], [href^='mailto:'])",
}
CHECKED = {
    "pages": "read in a browser, light and dark, wide and narrow",
    "blocks of code": "run from the top of their page; what is shown is what ran",
    "outputs": (
        "compared with what the code prints, letter by letter; of errors from outside the package, "
        "the type"
    ),
    "numbers in prose": "in the code of their own page or what it prints, or listed with a source",
    "figures": "drawn by code that is shown below them, twice to the same bytes",
    "explorers": "turned in a browser, and compared with the package",
    "formulas": "written as MathML, which can be read aloud",
    "links within the site": "followed to their page and their anchor",
}
PACKAGES = ["softdial", "numpy", "matplotlib", "sybil", "mkdocs", "mkdocs-material"]


def count(html: str, products: Iterable[str]) -> dict[str, int]:
    """Count what can be checked on a page."""
    page = BeautifulSoup(html, "html.parser")
    found = {name: page.select(selector) for name, selector in SELECTORS.items()}
    claims = sum(1 for _ in numbers.claims(page, products))
    return {"pages": 1, "numbers in prose": claims} | {name: len(x) for name, x in found.items()}


def total(pages: Mapping[str, str], products: list[str], folder: Path) -> Counter[str]:
    """Sum up the counts of all pages; ``folder`` keeps those of pages that have not changed."""
    rules = [Path(module).read_bytes() for module in (__file__, numbers.__file__)]
    sums: Counter[str] = Counter()
    for name, html in pages.items():
        key = kept.digest(html, *products, *rules)
        file = folder / f"{name}.json"
        counts = kept.load(file, key)
        if counts is None:
            counts = count(html, products)
            kept.store(file, key, counts)
        sums.update(counts)
    return sums


def place(html: str, sums: Mapping[str, int], commit: str) -> str:
    """Replace ``![](build:counts)`` and ``![](build:versions)`` by their tables."""
    makers = {"counts": partial(_counts, sums), "versions": partial(_versions, commit)}
    return places.fill(html, "build", makers)


def _counts(sums: Mapping[str, int]) -> str:
    rows = [(name, f"{sums[name]:,}", checked) for name, checked in CHECKED.items()]
    return _table(("what", "how many", "each is"), rows)


def _versions(commit: str) -> str:
    told = {"commit": commit[:12] or "none, a working copy", "Python": platform.python_version()}
    told |= {name: version(name) for name in PACKAGES}
    return _table(("of", "version"), told.items())


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return f'<table class="generated">\n{plain(head, rows)}</table>'
