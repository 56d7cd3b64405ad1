"""Softmax and its relatives; the only place where a temperature divides."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from math import fsum, prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from . import _inputs
from ._inputs import FloatOrFloats, Floats

Step: TypeAlias = Callable[..., Floats]

CALM = Context()  # where NumPy warns of nothing; entering it costs a tenth of np.errstate
CALM.run(np.seterr, all="ignore")

SMALL = 1 << 12  # entries; below, blocks cost more than they save
BLOCK = 1 << 17  # entries; with what is made of them they fit into the cache of a core
# classes that fsum has added before NumPy begins, of which a block is wide, and among which it
# costs too much to look for the largest
FEW = 32
# rows so short, or with so few numbers of others between theirs, are taken side by side, so many
# entries at a time; no power of 2, at whose strides the lines of the cache collide
SHORT, NEAR, BESIDE = 20, 128, 40_000
PIECE, WIDE = 1 << 6, 1 << 13  # rows added one by one, and entries of several made one


def softmax(logits: ArrayLike, *, temperature: ArrayLike = 1.0, axis: int = -1) -> Floats:
    """Turn scores into probabilities.

    A probability is proportional to ``exp(logit / temperature)``.

    >>> import math
    >>> from softdial import softmax
    >>> softmax([0.0, math.log(3)])
    array([0.25, 0.75])

    A low temperature favors the largest logit:

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
        of ``logits`` without ``axis``.
    axis : int, default -1
        The axis along which the classes lie.

    Returns
    -------
    ndarray
        Probabilities in the shape of ``logits``; they sum to 1 along ``axis``. With 1-D logits,
        a list of temperatures gives one row each, even a list of one.
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
    * Of n <= 20 classes each entry is within n + 2 + 2 * abs(z) ulp of the exact value, as
      measured, where z = (logit - max) / T: the maximum is subtracted before the division
      (Blanchard, Higham and Higham 2021 explain the shift). In float32, in which float16 is
      computed too, T is rounded as well: there the last term is 3 * abs(z).
    * The sum of more classes can lose more: at worst some 30 ulp where the numbers of a row are
      neighbors in memory, as along the last axis in C order, and NumPy adds by pairs; elsewhere
      some 190, and 63 more for each further factor of 64 above 262,144 classes.
    * Time and memory grow with the number of entries. Beside the result it takes little memory;
      up to 4 bytes per entry where T is 0, inf or no normal number of the dtype, or above 1 beside
      ``-inf``, and 9 where a gap overflows. float16 and integers are converted first; a view
      whose other axes do not join, as 3-D ``logits[:, :-1]``, may be copied.

    See Also
    --------
    log_softmax : the logarithm of this, without its underflow.
    sample : draw classes instead of reading their probabilities.
    """
    return computed(normalized, *prepare(logits, temperature, axis))


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
    * Of n <= 20 classes each entry is within 3 n / 2 + 2 ulp of the exact value, as measured; the
      winner may lose 2 ulp more, in float32 3, for each unit of logit / T by which it leads. Where
      its probability is near 1, the sum leaves out the 1 and ``log1p`` puts it back. The sum of
      more classes can lose more, as in ``softmax``.
    * Costs one exponential per entry and one logarithm per row.

    See Also
    --------
    softmax : the probabilities themselves.
    logsumexp : what is subtracted, at T = 1.
    """
    return computed(log_normalized, *prepare(logits, temperature, axis))


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
    * Of n <= 20 terms the error is at most 3 n / 2 + 2 ulp of the result and as many of the
      largest term, as measured, and one of each more for each unit by which that term leads. Where
      the two cancel, as with log-probabilities, the result may be an ulp of 1 where 0 is exact.
      More terms can lose more, as in ``softmax``. Source of the algorithm: Blanchard, Higham
      and Higham (2021).
    * Costs one exponential per entry and one logarithm per row.

    See Also
    --------
    log_softmax : scores minus their logsumexp.
    """
    values = _inputs.vectors(x, "x", axis, empty=True)
    out = computed(log_sum, widened(values), 1.0, axis, values.dtype)
    return out if keepdims else out.squeeze(axis)[()]


def prepare(
    logits: ArrayLike, temperature: ArrayLike, axis: int = -1, *, smooth: bool = False
) -> tuple[Floats, float | Floats, int, np.dtype[Any]]:
    """Return logits, temperature and axis in shapes that fit, and the type of the result."""
    x, t = _inputs.vectors(logits, "logits", axis), _inputs.temperatures(temperature)
    dtype = x.dtype
    x = widened(x)
    if smooth:
        _inputs.differentiable(t)
    if isinstance(t, float):
        return x, t, axis, dtype
    if x.ndim == t.ndim == 1:
        x, axis = np.broadcast_to(x, (t.size, x.size)), -1
    axis %= x.ndim
    t = _inputs.per_row(t, x.shape[:axis] + x.shape[axis + 1 :])
    return x, np.expand_dims(t, axis), axis, dtype


def widened(values: Floats) -> Floats:
    """Return float16 as float32, which has the exponents that softmax needs."""
    return values.astype(np.float32) if values.dtype.char == "e" else values


def normalized(x: Floats, t: float | Floats, axis: int, out: Floats | None = None) -> Floats:
    """Return softmax of checked logits: shift, scale, exp, divide by the sum."""
    p = scaled(x, t, axis, out)
    np.exp(p, out=p)
    few = p.ndim == 1 and p.size <= FEW and p.itemsize <= 8
    p /= np.array(fsum(p.tolist()), p.dtype) if few else total(p, axis)
    return p


def log_normalized(x: Floats, t: float | Floats, axis: int, out: Floats | None = None) -> Floats:
    """Return log_softmax of checked logits: shift, scale, subtract the log of the sum."""
    z = scaled(x, t, axis, out)
    z -= log_total(z, axis)
    return z


def log_sum(x: Floats, _: float | Floats, axis: int, out: Floats | None = None) -> Floats:
    """Return logsumexp of checked numbers, with the axis kept."""
    if not x.size:
        return x.max(axis=axis, keepdims=True, initial=-np.inf)
    top = largest(x, axis)
    z = x - np.where(np.isfinite(top), top, 0)
    return np.add(top, log_total(z, axis), out=out)


def computed(step: Step, x: Floats, t: float | Floats, axis: int, dtype: np.dtype[Any]) -> Floats:
    """Return ``step(x, t, axis)`` in a type, without a warning on the way."""
    return CALM.copy().run(by_blocks, step, x, t, axis, dtype)


def by_blocks(step: Step, x: Floats, t: float | Floats, axis: int, dtype: np.dtype[Any]) -> Floats:
    """Return ``step(x, t, axis)`` in a type, computed a block at a time where that is faster."""
    if x.ndim == 1 or x.size < SMALL:
        return step(x, t, axis).astype(dtype, copy=False)
    # in the order of memory, so that a Fortran array is a C array with another axis; what is the
    # same all along an axis, one row at many temperatures, has no stride there and comes first
    order = sorted(range(x.ndim), key=lambda i: -abs(x.strides[i]) or -x.nbytes)
    rows, place = x.transpose(order), order.index(axis % x.ndim)
    heat = t if isinstance(t, float) else t.transpose(order)
    shape, n = list(rows.shape), rows.shape[place]
    shape[place] = 1 if step is log_sum else n
    between = prod(shape[place + 1 :])
    narrow = n <= SHORT if between == 1 else between <= NEAR and n * between <= BLOCK
    if place and narrow:
        rows = rows.reshape(-1, n, between)
        out = side_by_side(step, rows, heat, shape[place]).reshape(shape)
    elif place == 0 and n > FEW:
        out = step(rows, heat, 0)
    else:
        # what a step makes on the way stays in the cache, and is not fresh memory each time
        along = 0 if place else 1
        out, size = np.empty(shape, x.dtype), max(1, BLOCK * rows.shape[along] // x.size)
        for i in range(0, rows.shape[along], size):
            block = (slice(None),) * along + (slice(i, i + size),)
            step(rows[block], heat if isinstance(heat, float) else heat[block], place, out[block])
    return out.transpose(np.argsort(order)).astype(dtype, copy=False)


def side_by_side(step: Step, x: Floats, t: float | Floats, n: int) -> Floats:
    """Return ``step(x, t, 1)``, which is n long there, with many rows in each step."""
    heat = t if isinstance(t, float) else t.reshape(len(x), 1, -1)
    out, size = np.empty((len(x), n, x.shape[-1]), x.dtype), max(1, BESIDE // x[0].size)
    for i in range(0, len(x), size):
        block = slice(i, i + size)
        # classes first: NumPy pays for each row of a maximum or a sum, but beside each other
        # rows share vector instructions
        warm = heat if isinstance(heat, float) else heat[block].swapaxes(0, 1)
        out[block] = step(x[block].swapaxes(0, 1).copy(), warm, 0).swapaxes(0, 1)
    return out


def scaled(x: Floats, t: float | Floats, axis: int, out: Floats | None = None) -> Floats:
    """Return (x - max) / t as a new array; its limits at t = 0 and t = inf are exact."""
    top = largest(x, axis)
    z = np.subtract(x, top, out)
    if isinstance(t, float) and 1e-30 < t <= 1:  # the common case, at once
        if t < 1:
            z /= np.array(t, z.dtype)
        return z
    if ordinary(z, t):
        z /= t
        return z
    overflowed = (z == -np.inf) & (x > -np.inf)
    divide(z, t)
    if overflowed.any():
        half = halved(x, top)
        half /= t
        np.multiply(half, 2, out=z, where=overflowed, casting="same_kind")
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
    half = np.divide(x, 2, dtype=wide)
    half -= np.asarray(top, wide) / 2
    return half


def largest(x: Floats, axis: int) -> Floats:
    """Return the maximum along the axis."""
    if x.ndim == 1:
        # found in a quarter of the time of the maximum; NumPy is faster with a 0-d array than
        # with a number
        return x[x.argmax(), ...]
    return reduced(np.maximum, x, axis)


def total(e: Floats, axis: int) -> Floats:
    """Return the sum along the axis."""
    return np.add.reduce(e, keepdims=True) if e.ndim == 1 else reduced(np.add, e, axis)


def reduced(ufunc: np.ufunc, x: Floats, axis: int) -> Floats:
    """Return what ``ufunc.reduce`` does, axis kept; fast, and as exact as by pairs, on any axis."""
    n = x.shape[axis]
    # where the numbers of a row are neighbors, NumPy itself adds by pairs
    if n <= PIECE or not x.size or abs(x.strides[axis]) == min(map(abs, x.strides)):
        return ufunc.reduce(x, axis=axis, keepdims=True)
    rows = np.moveaxis(x, axis, 0)
    # several short rows as one: NumPy pays for each row, hardly for its length
    side = max(1, min(n // PIECE, WIDE * n // x.size)) if rows.flags.c_contiguous else 1
    even = n - n % side
    wide = rows[:even].reshape(-1, side, *rows.shape[1:]) if side > 1 else rows[:, np.newaxis]
    # sums a piece at a time: one by one, float32 loses digits with the number of rows
    size = PIECE if ufunc is np.add else len(wide)
    parts = [ufunc.reduce(wide[i : i + size], axis=0) for i in range(0, len(wide), size)]
    double = np.promote_types(x.dtype, np.float64)  # so few that it costs nothing
    out = reduced(ufunc, np.concatenate([*parts, rows[even:]], dtype=double), 0)
    return np.moveaxis(out.astype(x.dtype, copy=False), 0, axis)


def log_total(z: Floats, axis: int) -> Floats:
    """Return the log of the sum of exp(z) along the axis, where the largest z is 0."""
    last = axis % z.ndim == z.ndim - 1 and z.flags.c_contiguous
    if not last or z.shape[-1] <= FEW or z.size > BLOCK:
        return log_total_in_pieces(z, axis)
    e = np.exp(z)
    rows = e.reshape(-1, z.shape[-1])
    rows[np.arange(len(rows)), rows.argmax(axis=1)] -= 1  # log1p keeps the digits of the rest
    return np.log1p(total(e, axis))


def log_total_in_pieces(z: Floats, axis: int) -> Floats:
    """Return ``log_total(z, axis)`` where it costs too much to look for the largest z."""
    sums: Any = 0.0
    rest: Any = 0.0
    pieces = [z]
    if z.size > BLOCK and z.strides[axis] == max(z.strides):
        # along long strides a piece at a time, so that exp stays in the cache
        count = -(-z.size // BLOCK)
        pieces = np.array_split(z, min(count, -(-z.shape[axis] // 4)), axis)
    for piece in pieces:
        e = np.exp(piece)
        sums = sums + total(e, axis)
        alone = sums < 1.5  # then one entry is 1, and log1p keeps the digits of the rest
        if alone.any():
            e -= np.floor(e)  # takes the 1, as all others are below ½
            rest = rest + total(e, axis)
    if isinstance(rest, float):
        return np.log(sums)
    return np.where(alone, np.log1p(rest), np.log(sums))
