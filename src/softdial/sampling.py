"""Draw classes from logits."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import Floats
from .normalize import BLOCK, computed, normalized, prepare

PART = 512  # classes whose masses are added first


def sample(
    logits: ArrayLike,
    *,
    temperature: ArrayLike = 1.0,
    size: int | tuple[int, ...] | None = None,
    rng: Any = None,
) -> Any:
    """Draw classes at random, each with its probability.

    Each row of logits is one distribution, and gives a class index per draw.

    >>> import math
    >>> from softdial import sample
    >>> sample([0.0, math.log(3)], size=8, rng=0)
    array([1, 1, 0, 0, 1, 1, 1, 1])

    A batch gives one class per row:

    >>> sample([[0.0, 10.0], [10.0, 0.0]], rng=0)
    array([1, 0])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis. To draw from probabilities,
        pass their logarithms. ``-inf`` is never drawn.
    temperature : float or array_like, default 1.0
        A number from 0 to infinity, or one per distribution.
    size : int or tuple of int, optional
        Shape of independent draws, put in front of the batch; None is one draw per row.
    rng : Generator, int or None, optional
        As in SPEC 7 of the scientific Python projects: a NumPy Generator is used and advanced,
        a seed makes the draws repeatable, None takes fresh entropy. Global state is not touched.

    Returns
    -------
    int64 or ndarray of int64
        Class indices of shape ``(*size, *logits.shape[:-1])``. With 1-D logits, several
        temperatures give one draw each.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If ``logits`` is a scalar or has no class, or a row is no distribution (only ``-inf``, or
        with ``inf`` or nan; the message says which); if a size or a seed is negative; if
        ``temperature`` is negative, nan or does not fit the batch.

    Notes
    -----
    * T = 0 draws the largest logit, ties with equal probability.
    * Inverts the running sum, which is float64 for every dtype, at one float64 uniform number
      per draw: a class is drawn with its probability as [softmax][softdial.softmax] gives it
      for the dtype of the logits (float16: float32), up to the rounding of that sum.
    * The same seed gives the same draws with the same build of NumPy on the same machine; NumPy
      may change its streams between releases, and another processor may round otherwise.
    * Many draws of one row cost a binary search each.

    See Also
    --------
    softmax : the probabilities that are drawn from.
    top_p : cut unlikely classes first; so do top_k and min_p.
    """
    front = _inputs.sizes(size)
    x, t, _, _ = prepare(logits, temperature)
    shape, n = (*front, *x.shape[:-1]), x.shape[-1]
    rows, heat = x.reshape(-1, n), t if isinstance(t, float) else t.reshape(-1, 1)
    u = _inputs.generator(rng).random(shape).reshape(prod(front), len(rows))
    out, step = u.view(np.int64), max(1, BLOCK // n)  # a draw takes its number's place
    for i in range(0, len(rows), step):  # in the cache, not in memory for all rows
        block = slice(i, i + step)
        warm = heat if isinstance(heat, float) else heat[block]
        p = computed(normalized, rows[block], warm, -1, x.dtype)
        _inputs.drawable(p, i, x.shape[:-1])
        out[:, block] = inverse(p, u[:, block])
    return out.reshape(shape)[()]


def inverse(p: Floats, u: Floats) -> NDArray[np.int64]:
    """Return the class of each row of p at which its running sum passes u; none of mass 0."""
    if len(u) * PART < p.shape[-1]:
        return by_parts(p, u)
    steps = np.cumsum(p, axis=-1, dtype=np.float64)
    steps /= steps[:, -1:].copy()  # ends at 1, which no uniform number reaches
    if len(steps) == 1:
        return np.searchsorted(steps[0], u[:, 0], side="right")[:, np.newaxis]
    out = np.empty(u.shape, dtype=np.int64)
    few = len(u) < len(steps) and len(u) * steps.shape[-1] < 4096
    if few:  # comparing with every step costs less than a search per row
        for place, draw in zip(out, u, strict=True):
            place[:] = (steps <= draw[:, None]).sum(axis=-1)
    else:
        for row, step in enumerate(steps):
            out[:, row] = np.searchsorted(step, u[:, row], side="right")
    return out


def by_parts(p: Floats, u: Floats) -> NDArray[np.int64]:
    """Return ``inverse(p, u)``, fast for few draws of many classes.

    Finds the part of a row that is met, and adds up the numbers of this part alone.
    """
    out = np.empty(u.shape, dtype=np.int64)
    starts = np.arange(0, p.shape[-1], PART)
    for row, masses in enumerate(p):
        parts = np.cumsum(np.add.reduceat(masses, starts, dtype=np.float64))
        for draw, at in enumerate(u[:, row] * parts[-1]):
            part = passed(parts, at)
            rest = at - (parts[part - 1] if part else 0.0)
            steps = np.cumsum(masses[part * PART :][:PART], dtype=np.float64)
            out[draw, row] = part * PART + passed(steps, rest)
    return out


def passed(steps: Floats, at: float) -> int:
    """Return how many steps lie at or below a place, which rounding may have moved to the end."""
    return int(np.searchsorted(steps, min(at, np.nextafter(steps[-1], 0)), side="right"))
