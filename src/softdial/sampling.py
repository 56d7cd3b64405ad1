"""Draw classes from logits."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import Floats
from .normalize import softmax


def sample(
    logits: ArrayLike,
    *,
    temperature: ArrayLike = 1.0,
    size: int | tuple[int, ...] | None = None,
    rng: Any = None,
) -> np.int64 | NDArray[np.int64]:
    x, front = _inputs.vectors(logits, "logits"), _inputs.sizes(size)
    p = softmax(x.astype(np.float64), temperature=temperature)
    _inputs.drawable(p)
    steps = np.cumsum(p, axis=-1).reshape(-1, p.shape[-1])
    shape = (*front, *p.shape[:-1])
    u = _inputs.generator(rng).random(shape).reshape(prod(front), len(steps))
    return inverse(steps, u * steps[:, -1]).reshape(shape)[()]


def inverse(steps: Floats, u: Floats) -> NDArray[np.int64]:
    """Return how many steps of its row lie at or below each u; a class of mass 0 has no step."""
    out = np.empty(u.shape, dtype=np.int64)
    few = len(u) < len(steps) and len(u) * steps.shape[-1] < 4096
    if few:  # comparing with every step costs less than a search per row
        for place, draw in zip(out, u, strict=True):
            place[:] = (steps <= draw[:, None]).sum(axis=-1)
    else:
        for row, step in enumerate(steps):
            out[:, row] = np.searchsorted(step, u[:, row], side="right")
    return out
