"""The ``@figure`` decorator: what a chapter declares beside the code that draws."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from softdial_site.figures import style
from softdial_site.figures.catalog import FigureError, figure_name
from softdial_site.figures.style import digits

ALT_LIMIT = 200
CAPTION = re.compile(r"\*\*[^*]+\.\*\* [^\[\]]+ \[`\w+`\]\(softdial\.\w+\)\.")


class Declared(NamedTuple):
    """A drawing function with its words and the numbers they use."""

    draw: Callable[[], Any]
    alt: str
    caption: str
    values: list[float]


REGISTRY: dict[str, Declared] = {}


def figure(*, alt: str, caption: str, values: Mapping[str, Any]):
    """Register a drawing function under its chapter and its own name.

    ``alt`` and ``caption`` are format strings over ``values``, which the package computed,
    so no number in them can drift from the picture.
    """

    def register(draw: Callable[[], Any]) -> Callable[[], Any]:
        name = figure_name(draw.__module__.rpartition(".")[2], draw.__name__)
        arrays = {key: np.asarray(value, float) for key, value in values.items()}
        words = {key: _spelled(array.tolist()) for key, array in arrays.items()}
        numbers = [x for array in arrays.values() for x in array.flat if math.isfinite(x)]
        declared = Declared(draw, alt.format_map(words), caption.format_map(words), numbers)
        if hasattr(style, draw.__name__):  # in the code shown, one would hide the other
            raise FigureError(f"figure {name}: style.py has a {draw.__name__}, too; rename it")
        _check(name, declared)
        REGISTRY[name] = declared
        return draw

    return register


def _spelled(value: Any) -> Any:
    return [_spelled(item) for item in value] if isinstance(value, list) else digits(value)


def _check(name: str, declared: Declared) -> None:
    if name in REGISTRY:
        raise FigureError(f"figure {name} exists twice")
    if not declared.alt.strip():
        raise FigureError(f"figure {name} has no alt text")
    if len(declared.alt) > ALT_LIMIT:
        raise FigureError(f"figure {name}: alt text of {len(declared.alt)} characters, not 200")
    if not CAPTION.fullmatch(declared.caption):
        raise FigureError(f"figure {name}: caption is not '**Claim.** Reading. [`f`](softdial.f).'")
