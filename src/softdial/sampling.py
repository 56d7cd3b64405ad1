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
    """Draw classes with their probabilities.

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
        Scores, one distribution per row along the last axis; ``-inf`` is never drawn.
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
        Class indices of shape ``(*size, *logits.shape[:-1])``.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a row is no distribution (only ``-inf``, or with ``inf`` or nan; the message says which),
        or a ``size`` is negative; if ``temperature`` is negative, nan or does not fit the batch.

    Notes
    -----
    * T = 0 draws the largest logit, ties with equal probability.
    * Computed in float64 for every dtype, by inverting the running sum at one uniform number
      per draw: a class is drawn with its probability, up to the rounding of that sum.
    * The same seed gives the same draws with the same NumPy; NumPy may change its streams
      between releases.
    * Many draws of one row cost a binary search each.

    See Also
    --------
    softmax : the probabilities that are drawn from.
    top_p : cut unlikely classes first; so do top_k and min_p.
    """
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
