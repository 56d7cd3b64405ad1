"""Softmax and its relatives; the only place where a temperature divides."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _inputs
from ._inputs import FloatOrFloats, Floats


def softmax(logits: ArrayLike, *, temperature: ArrayLike = 1.0, axis: int = -1) -> Floats:
    x, t, axis, dtype = prepare(logits, temperature, axis)
    with np.errstate(all="ignore"):
        return normalized(x, t, axis).astype(dtype, copy=False)


def log_softmax(logits: ArrayLike, *, temperature: ArrayLike = 1.0, axis: int = -1) -> Floats:
    x, t, axis, dtype = prepare(logits, temperature, axis)
    with np.errstate(all="ignore"):
        z = scaled(x, t, axis)
        z -= log_total(np.exp(z), axis)
        return z.astype(dtype, copy=False)


def logsumexp(x: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> FloatOrFloats:
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
