"""Keep the likely classes: logits in, logits out, the rest -inf."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import Floats
from .normalize import widened

LONG = 4096  # classes, from which on it costs less to look for the place of the cut than to sort
PART = 1 << 15  # classes weighed at a time: new memory for all costs more than the arithmetic
RARE = 16  # one in so many stays, at most, where a masked copy is fast


def top_k(logits: ArrayLike, k: int) -> Floats:
    """Keep the k largest logits.

    The others become ``-inf``, which softmax turns into 0.

    >>> from softdial import softmax, top_k
    >>> top_k([2.0, 1.0, -3.0], 2)
    array([  2.,   1., -inf])
    >>> softmax(top_k([2.0, 1.0, -3.0], 2))
    array([0.73105858, 0.26894142, 0.        ])

    Ties at the threshold all stay:

    >>> top_k([1.0, 1.0, 0.0], 1)
    array([  1.,   1., -inf])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis; not probabilities.
    k : int
        How many to keep, 1 or more; more than n keeps all.

    Returns
    -------
    ndarray
        Logits in the shape of the input; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``logits`` is not real numbers or ``k`` is not an integer.
    ValueError
        If ``logits`` is a scalar or has no class, or ``k`` is below 1.

    Notes
    -----
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a row of nan.
    * Dividing by a finite temperature above 0 does not change which logits stay, unless rounding
      makes two of them equal.
    * Finds the threshold by partition, in time proportional to n. Source: Fan, Lewis and
      Dauphin (2018).

    See Also
    --------
    top_p : keep as many as it takes for a share of the mass.
    min_p : keep what is likely enough beside the best.
    """
    x = _inputs.vectors(logits, "logits")
    count = _inputs.count(k, "k", "pass k=1 or more; a large k keeps all")
    return chosen(x, lambda rows: rows >= largest(rows, min(count, rows.shape[-1])))


def top_p(logits: ArrayLike, p: float) -> Floats:
    """Keep the fewest classes that hold the mass p.

    Classes are taken by falling probability until they hold ``p``; the others become ``-inf``.

    >>> from softdial import top_p
    >>> top_p([2.0, 1.0, -3.0], 0.9)
    array([  2.,   1., -inf])

    Dividing by T = 0.5 before the cut keeps fewer classes than after it:

    >>> top_p([3.0, 2.0, 1.0], 0.8)
    array([  3.,   2., -inf])
    >>> top_p([3.0 / 0.5, 2.0 / 0.5, 1.0 / 0.5], 0.8)
    array([  6., -inf, -inf])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis; not probabilities.
    p : float
        The mass to keep, in (0, 1]; 1 keeps everything.

    Returns
    -------
    ndarray
        Logits in the shape of the input; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``logits`` is not real numbers or ``p`` is not one number.
    ValueError
        If ``logits`` is a scalar or has no class, or ``p`` is not in (0, 1].

    Notes
    -----
    * A class stays if the mass of the classes before it is below ``p``; equal logits go by
      index. The comparison forgives a relative 8 eps of the logits' dtype (float16: of
      float32, wider ones: of float64), and of n classes n eps of float64, so that rounding does
      not add a class.
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a row of nan.
    * Costs one exponential per entry and a sort. In rows of 4096 classes or more, a sample first
      tells about where the cut lies: then only the classes on one side of it are sorted, each at
      one exponential more. Source: Holtzman et al. (2020), who call it nucleus sampling.

    See Also
    --------
    top_k : keep a fixed number.
    min_p : keep what is likely enough beside the best.
    """
    x, share = _inputs.vectors(logits, "logits"), _inputs.share(p, zero=False)
    if share == 1:
        return chosen(x, np.isfinite)
    limit = border(share, x, x.shape[-1])
    return chosen(x, lambda rows: nucleus(rows, limit))


def min_p(logits: ArrayLike, p: float) -> Floats:
    """Keep classes at least p times as likely as the best.

    The others become ``-inf``, which softmax turns into 0.

    >>> from softdial import min_p
    >>> min_p([2.0, 1.0, -3.0], 0.1)
    array([  2.,   1., -inf])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis; not probabilities.
    p : float
        The share of the largest probability, in [0, 1]; 0 keeps everything.

    Returns
    -------
    ndarray
        Logits in the shape of the input; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``logits`` is not real numbers or ``p`` is not one number.
    ValueError
        If ``logits`` is a scalar or has no class, or ``p`` is not in [0, 1].

    Notes
    -----
    * In logits: everything stays that is at most ``-log(p)`` below the largest. The comparison
      forgives a relative 8 eps of the logits' dtype (float16: of float32, wider ones: of float64).
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a row of nan.
    * Costs one exponential per entry. Source: Nguyen et al. (2025).

    See Also
    --------
    top_k : keep a fixed number.
    top_p : keep as many as it takes for a share of the mass.
    """
    x, share = _inputs.vectors(logits, "logits"), _inputs.share(p, zero=True)
    limit = border(share, x)
    return chosen(x, lambda rows: masses(rows, rows.max(axis=-1, keepdims=True)) >= limit)


def chosen(x: Floats, stay: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    """Return the logits that stay, the rest -inf."""
    n = x.shape[-1]
    with np.errstate(all="ignore"):
        if n < LONG:
            # widened: NumPy 2.4 sorts float16 wrongly on processors with AVX512_ICL
            return keep(x, stay(widened(x)), np.empty_like(x))
        out = np.empty((x.size // n, n), x.dtype)
        for values, place in zip(x.reshape(-1, n), out, strict=True):  # each in the cache
            row = widened(values)
            keep(row, stay(row), place)
        return out.reshape(x.shape)


def nucleus(x: Floats, limit: float) -> NDArray[np.bool_]:
    """Return where the mass of the classes before is below the limit."""
    if x.shape[-1] >= LONG:
        return first(x, *cut(x, limit))
    falling = np.sort(x, axis=-1)[..., ::-1]
    weights = masses(falling, falling[..., :1])
    before = np.cumsum(weights, axis=-1) - weights
    inside = before < limit * weights.sum(axis=-1, keepdims=True)
    count = np.maximum(np.sum(inside, axis=-1, keepdims=True), 1)
    return first(x, np.take_along_axis(falling, count - 1, axis=-1), count)


def first(x: Floats, least: Floats, count: int | NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return where x is above the least that stays, and where it first equals it."""
    stays = x >= least
    if x.ndim == 1 and np.count_nonzero(stays) == count:
        return stays  # counted in an eighth of the time that an axis takes
    surplus = np.count_nonzero(stays, axis=-1, keepdims=True) - count
    if (surplus > 0).any():
        level = x == least
        ties = np.count_nonzero(level, axis=-1, keepdims=True) - surplus
        stays &= ~level | (np.cumsum(level, axis=-1) <= ties)
    return stays


def cut(row: Floats, limit: float) -> tuple[Floats, int]:
    """Return the least logit of one long row that stays, and how many stay."""
    top = row.max()
    total = sum(masses(row[i : i + PART], top).sum() for i in range(0, len(row), PART))
    share = limit * total
    low, high = bracket(row, top, total - share)
    likely, unlikely = row >= low, row < high
    if np.count_nonzero(unlikely) < np.count_nonzero(likely):
        rising = np.sort(row.compress(unlikely))
        gone = np.searchsorted(masses(rising, top).cumsum(), total - share, side="right")
        if gone < len(rising):
            return rising[gone], len(row) - int(gone)
    for values in (row.compress(likely), row):  # all, where the bracket was wrong
        falling = np.sort(values)[::-1]
        more = np.searchsorted(masses(falling, top).cumsum(), share)
        if more < len(falling):
            break
    more = min(int(more), len(row) - 1)  # rounding may lead beyond all
    return falling[more], more + 1


def bracket(row: Floats, top: Floats, gone: float) -> tuple[float, float]:
    """Return two logits; what is below them weighs, most likely, less and more than what goes.

    A sample tells: whoever uses the two has to see whether they are right.
    """
    few = np.sort(row[:: isqrt(len(row)) // 4])  # to sort these alone costs next to nothing
    p = masses(few, top) * (len(row) / len(few))
    below, error = p.cumsum(), 4 * np.sqrt((p * p).cumsum())  # four standard errors
    low, high = np.count_nonzero(below + error < gone), np.count_nonzero(below - error < gone)
    return few[low - 1] if low else -inf, few[high] if high < len(few) else inf


def masses(x: Floats, top: Floats) -> Floats:
    """Return what the logits weigh beside the largest, in float64 whatever their type."""
    p = np.subtract(x, top, dtype=np.promote_types(x.dtype, np.float64))
    return np.exp(p, out=p)


def largest(x: Floats, count: int) -> Floats:
    """Return the last of the count largest logits."""
    wide = max(RARE * count, LONG // 4)
    if x.ndim == 1 and len(x) >= 4 * wide:
        # the count largest of so many maxima are at least count logits: none below them is wanted
        heads = x[: len(x) - len(x) % wide].reshape(-1, wide).max(axis=0)
        likely = x.compress(x >= np.partition(heads, -count)[-count])
        x = likely if len(likely) >= count else x  # nan is in no order
    place = x.shape[-1] - count
    return np.partition(x, place, axis=-1)[..., place : place + 1]


def border(p: float, x: Floats, terms: int = 0) -> float:
    """Return p less the rounding of logits of this type, and of a sum of so many masses."""
    kind, double = np.promote_types(x.dtype, np.float32), float(np.finfo(np.float64).eps)
    eps = max(float(np.finfo(kind).eps), double)  # p itself is no wider
    return p * (1 - 8 * eps - terms * double)


def keep(x: Floats, kept: NDArray[np.bool_], out: Floats) -> Floats:
    """Return in out the kept logits, the rest -inf; nan where a row is no distribution."""
    if kept.size < LONG or np.count_nonzero(kept) < kept.size // RARE:
        out.fill(-np.inf)
        np.copyto(out, x, where=kept)
    else:  # a masked copy waits wherever the processor did not guess whether an entry stays
        np.subtract(kept, 0.5, out=out, dtype=out.dtype)
        out *= np.inf
        np.minimum(x, out, out=out)
    wrong = ~np.isfinite(x.max(axis=-1, keepdims=True))
    if wrong.any():
        np.copyto(out, np.nan, where=wrong)
    return out
