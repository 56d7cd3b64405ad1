"""What holds the numbers in prose: each must be computed by the code of its page.

A claim holds when it is a literal of a snippet that ran, a number in an output, of a figure or in a
table made from data, or, from two significant digits on, such a number rounded.
"""

import ast
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from softdial_site.numbers import Claim, claims

SHOWN = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+")


class Witnesses(NamedTuple):
    """The numbers of a page's code: chosen inputs, and what was computed."""

    literals: list[float]
    computed: list[float]


def faults(
    page: Tag,
    *,
    declared: Collection[float] = (),
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
    page: Tag, declared: Collection[float], products: Iterable[str], apart: str = ""
) -> Iterator[tuple[Claim, Witnesses]]:
    """Yield each claim of a page with the numbers that may hold it."""
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


def witnesses(page: Tag, declared: Collection[float] = ()) -> Witnesses:
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
