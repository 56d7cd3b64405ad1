"""Softmax and its relatives; the only place where a temperature divides."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _inputs
from ._inputs import FloatOrFloats, Floats


def softmax(logits: ArrayLike, *, temperature: ArrayLike = 1.0, axis: int = -1) -> Floats:
    """Turn scores into probabilities.

    A probability is proportional to ``exp(logit / temperature)``.

    >>> import math
    >>> from softdial import softmax
    >>> softmax([0.0, math.log(3)])
    array([0.25, 0.75])

    Low temperatures favor the largest logit, high ones level:

    >>> softmax([0.0, math.log(3)], temperature=0.5)
    array([0.1, 0.9])

    Both limits are exact, and several temperatures give a row each:

    >>> softmax([0.0, math.log(3)], temperature=[0, 1, math.inf])
    array([[0.  , 1.  ],
           [0.25, 0.75],
           [0.5 , 0.5 ]])

    Parameters
    ----------
    logits : array_like of real numbers
        Scores, one distribution per row along ``axis``; ``-inf`` means "impossible".
    temperature : float or array_like, default 1.0
        A number from 0 to infinity, or one per distribution: it must broadcast to the shape
        of ``logits`` without ``axis``. With 1-D logits, several temperatures give one row each.
    axis : int, default -1
        The axis along which the classes lie.

    Returns
    -------
    ndarray
        Probabilities in the shape of ``logits``; they sum to 1 along ``axis``.
        float16, float32 and float64 are kept, integers and booleans become float64.

    Raises
    ------
    TypeError
        If ``logits`` or ``temperature`` are not real numbers, or ``axis`` is not one integer.
    ValueError
        If ``logits`` is a scalar or has no class; if ``temperature`` is negative, nan or does
        not fit the batch.
    AxisError
        If ``axis`` does not exist.

    Notes
    -----
    * At T = 0 all mass is on the largest logit, shared evenly by ties; at T = inf it is even
      over all entries that are not ``-inf``.
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a row of nan; other rows are right.
    * Each entry is within 5 + 2 * abs(z) ulp of the exact value, where z = (logit - max) / T:
      the maximum is subtracted before the division (Blanchard, Higham and Higham 2021 explain
      the shift). float16 is computed in float32.
    * Time and memory grow with the number of entries; one array of the size of ``logits`` is
      made.

    See Also
    --------
    log_softmax : the logarithm of this, without its underflow.
    sample : draw classes instead of reading their probabilities.
    """
    x, t, axis, dtype = prepare(logits, temperature, axis)
    with np.errstate(all="ignore"):
        return normalized(x, t, axis).astype(dtype, copy=False)


def log_softmax(logits: ArrayLike, *, temperature: ArrayLike = 1.0, axis: int = -1) -> Floats:
    """Turn scores into log-probabilities.

    The logarithm of [softmax][softdial.softmax]: ``logit / T - logsumexp(logits / T)``.

    >>> import math
    >>> from softdial import log_softmax
    >>> log_softmax([2.0, 1.0, -math.inf])
    array([-0.31326169, -1.31326169,        -inf])

    The winner keeps its digits, where ``log(softmax(...))`` gives 0:

    >>> log_softmax([0.0, -37.0])
    array([-8.53304763e-17, -3.70000000e+01])

    Parameters
    ----------
    logits : array_like of real numbers
        Scores, one distribution per row along ``axis``; ``-inf`` means "impossible".
    temperature : float or array_like, default 1.0
        A number from 0 to infinity, or one per distribution: it must broadcast to the shape
        of ``logits`` without ``axis``. With 1-D logits, several temperatures give one row each.
    axis : int, default -1
        The axis along which the classes lie.

    Returns
    -------
    ndarray
        Natural logarithms of probabilities, in the shape and dtype that ``softmax`` returns.

    Raises
    ------
    TypeError
        If ``logits`` or ``temperature`` are not real numbers, or ``axis`` is not one integer.
    ValueError
        If ``logits`` is a scalar or has no class; if ``temperature`` is negative, nan or does
        not fit the batch.
    AxisError
        If ``axis`` does not exist.

    Notes
    -----
    * At T = 0 the n largest logits get ``-log(n)``, the others ``-inf``; at T = inf every entry
      that is not ``-inf`` gets minus the log of their number.
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a row of nan; other rows are right.
    * Within 4 ulp of the exact value; for the winner, plus 2 ulp for each unit of T that the
      runner-up lies below it. Where the winner's probability is near 1, the sum leaves out the
      1 and ``log1p`` puts it back.
    * Costs one exponential per entry and one logarithm per row.

    See Also
    --------
    softmax : the probabilities themselves.
    logsumexp : what is subtracted, at T = 1.
    """
    x, t, axis, dtype = prepare(logits, temperature, axis)
    with np.errstate(all="ignore"):
        z = scaled(x, t, axis)
        z -= log_total(np.exp(z), axis)
        return z.astype(dtype, copy=False)


def logsumexp(x: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> FloatOrFloats:
    """Add numbers that are stored as logarithms.

    The logarithm of the sum of ``exp(x)``, without overflow.

    >>> import math
    >>> from softdial import logsumexp
    >>> print(f"{logsumexp([1000.0, 1000.0]):.4f}")
    1000.6931

    One sum per row; ``-inf`` is the logarithm of a term of 0:

    >>> logsumexp([[0.0, 0.0], [1.0, -math.inf]])
    array([0.69314718, 1.        ])

    Parameters
    ----------
    x : array_like of real numbers
        Logarithms of the terms; ``-inf`` is a term of 0.
    axis : int, default -1
        The axis to sum along.
    keepdims : bool, default False
        Keep the summed axis with length 1, so that the result broadcasts against ``x``.

    Returns
    -------
    floating or ndarray
        The shape of ``x`` without ``axis``; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``x`` is not real numbers, or ``axis`` is not one integer.
    ValueError
        If ``x`` is a scalar.
    AxisError
        If ``axis`` does not exist.

    Notes
    -----
    * No terms, or only ``-inf``, give ``-inf``: the logarithm of an empty sum.
    * ``inf`` gives ``inf`` and nan gives nan, for its row only.
    * The error is at most 2 ulp of the result plus 2 ulp of the largest term: where both
      cancel, as with log-probabilities, the result is an absolute 1e-16, not an exact 0. Source
      of the algorithm: Blanchard, Higham and Higham (2021).
    * Costs one exponential per entry and one logarithm per row.

    See Also
    --------
    log_softmax : scores minus their logsumexp.
    """
    values = _inputs.vectors(x, "x", axis, empty=True)
    with np.errstate(all="ignore"):
        wide = widened(values)
        top = wide.max(axis=axis, keepdims=True, initial=-np.inf)
        wide = wide - np.where(np.isfinite(top), top, 0)
        out = (top + log_total(np.exp(wide), axis)).astype(values.dtype, copy=False)
    return out if keepdims else out.squeeze(axis)[()]


def prepare(
    logits: ArrayLike, temperature: ArrayLike, axis: int = -1, *, smooth: bool = False
) -> tuple[Floats, float | Floats, int, np.dtype[Any]]:
    """Return logits, temperature and axis in shapes that fit, and the type of the result."""
    x, t = _inputs.vectors(logits, "logits", axis), _inputs.temperatures(temperature)
    dtype = x.dtype
    x = widened(x)
    if smooth:
        _inputs.slopes(t)
    if isinstance(t, float):
        return x, t, axis, dtype
    if x.ndim == t.ndim == 1:
        x, axis = np.broadcast_to(x, (t.size, x.size)), -1
    axis %= x.ndim
    t = _inputs.per_row(t, x.shape[:axis] + x.shape[axis + 1 :])
    return x, np.expand_dims(t, axis), axis, dtype


def widened(values: Floats) -> Floats:
    """Return float16 as float32, which has the exponents that softmax needs."""
    return values.astype(np.float32) if values.dtype == np.float16 else values


def normalized(x: Floats, t: float | Floats, axis: int) -> Floats:
    """Return softmax of checked logits: shift, scale, exp, divide by the sum."""
    p = scaled(x, t, axis)
    np.exp(p, out=p)
    p /= total(p, axis)
    return p


def scaled(x: Floats, t: float | Floats, axis: int) -> Floats:
    """Return (x - max) / t as a new array; its limits at t = 0 and t = inf are exact."""
    # the maximum of a vector costs four times its argmax
    top = x[x.argmax()] if x.ndim == 1 else x.max(axis=axis, keepdims=True)
    z = x - top
    if isinstance(t, float) and t == 1.0:
        return z
    if ordinary(z, t):
        z /= t
        return z
    overflowed = (z == -np.inf) & (x > -np.inf)
    divide(z, t)
    if overflowed.any():
        z[overflowed] = 2 * (halved(x, top) / t)[overflowed]
    return z


def ordinary(z: Floats, t: float | Floats) -> bool:
    """Return whether plain division is exact: t is normal in the type of z, z did not overflow."""
    low, high = (t, t) if isinstance(t, float) else (t.min(initial=1), t.max(initial=1))
    limits = np.finfo(z.dtype)
    if low < limits.tiny or high > limits.max:
        return False
    return bool(high <= 1 or z.min(initial=0) > -np.inf)  # below 1, -inf is the right answer


def divide(z: Floats, t: float | Floats) -> None:
    """Divide in place, in float64 or wider; at every t, 0 stays 0 and -inf stays -inf."""
    np.divide(z, np.asarray(t), out=z, where=(z != 0) & (z != -np.inf), casting="same_kind")


def halved(x: Floats, top: Floats) -> Floats:
    """Return (x - top) / 2, which does not overflow."""
    wide = np.promote_types(x.dtype, np.float64)
    return x.astype(wide) / 2 - np.asarray(top, wide) / 2


def total(e: Floats, axis: int) -> Floats:
    """Return the sum along the axis, which NumPy takes one by one unless it is contiguous."""
    if e.dtype == np.float32 and e.strides[axis] != e.itemsize:
        return e.sum(axis=axis, keepdims=True, dtype=np.float64).astype(np.float32)
    return e.sum(axis=axis, keepdims=True)


def log_total(e: Floats, axis: int) -> Floats:
    """Return the log of the sum along the axis, where the largest is 1; overwrites e."""
    sums = total(e, axis)
    alone = sums < 1.5  # then one entry is 1, and log1p keeps the digits of the rest
    if not alone.any():
        return np.log(sums)
    np.copyto(e, 0, where=alone & (e == 1))
    return np.where(alone, np.log1p(total(e, axis)), np.log(sums))
