"""Every rule about inputs, and every error message."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from contextlib import suppress
from math import inf, log
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.exceptions import AxisError
from numpy.typing import ArrayLike, NDArray

# a dtype that follows the input, or a union, would have to be told apart after every call
Floats: TypeAlias = NDArray[Any]
FloatOrFloats: TypeAlias = Any
Error = TypeVar("Error", bound=Exception)

TOLERANCE = {"float16": 1e-2, "float32": 1e-4}  # of a row's sum; wider types have 1e-6
NATIVE = (np.dtype(np.float64), np.dtype(np.float32))  # taken as they are
WIDTH = 56  # of a line of a message, to stand beside code on a narrow page
SHOWN = WIDTH - len("got ;")
FILL = {"logits": "use .astype(float).filled(-np.inf)", "labels": "drop the masked rows first"}
BEYOND = {"temperature": "use inf"}  # for a number that no float can hold
# of labels in the shape of the logits, which have no axis of their own
OUTSIDE = {"labels": "in the shape of the logits, labels are probabilities"}
SINGLE = {"labels": "; with one logit per row pass [0, x]"}
ACROSS = {"labels": ""}
JOIN = "join these axes first with .reshape"
RESHAPE = {type(None): "flatten first with .reshape(-1)", tuple: JOIN, list: JOIN}


def fault(kind: type[Error], what: str, value: object, cure: str) -> Error:
    """Make an exception in the house format: what, then the value, then the cure."""
    text = " ".join(str(value).split())
    text = text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
    gap = " " if len(f"{what}, got {text};") <= WIDTH else "\n"
    return kind(f"{what},{gap}got {text};\n{cure}")


def first(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the index of the first entry that is wrong."""
    return tuple(int(i) for i in np.argwhere(wrong)[0])


def array(values: ArrayLike, name: str, kinds: str, cure: str) -> NDArray[Any]:
    """Return the values as an array of one of the kinds of number."""
    what = f"{name} must be real numbers"
    try:
        out = np.asanyarray(values)  # a mask would be dropped
        kind = out.dtype.kind
        listed = kind == "O" and out is not values
        if listed and all(isinstance(n, (int, float)) for n in out.flat):
            out, kind = out.astype(np.float64), "f"  # Python's integers may be beyond 64 bits
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise
        what, cure = f"{name} must be rectangular", "make all rows equally long"
        raise fault(ValueError, what, repr(values), cure) from None
    except OverflowError:
        cure = "scale it into range"
        if not (isinstance(values, int) and values < 0):
            cure = BEYOND.get(name, cure)
        raise fault(ValueError, f"{name} must fit into a float", repr(values), cure) from None
    except (RuntimeError, TypeError) as error:  # as tensors do that NumPy has no type for
        shown = f"a {type(values).__name__} that NumPy cannot read"
        raise fault(TypeError, what, shown, "convert to an array of floats first") from error
    if isinstance(out, np.ma.MaskedArray):
        cure = FILL.get(name, "fill it with .filled(value) first")
        raise fault(TypeError, what, "a masked array", cure)
    if hides_mask(values, out.ndim - 1):
        raise fault(TypeError, what, "masked rows", "fill each row with .filled(value) first")
    if kind not in kinds:
        shown = f"an array of dtype {out.dtype}" if out.ndim else repr(values)
        if listed:  # the first entry that is no number says more than the type
            odd = (entry for entry in out.flat if not isinstance(entry, (int, float, np.generic)))
            shown = next(map(repr, odd), shown)
        raise fault(TypeError, what, shown, cure)
    return np.asarray(out)


def hides_mask(values: Any, depth: int) -> bool:
    """Return whether this is a masked array or a list of some, whose masks NumPy drops."""
    if depth > 0 and isinstance(values, Sequence):
        return any(hides_mask(row, depth - 1) for row in values)
    return isinstance(values, np.ma.MaskedArray)


def real(values: ArrayLike, name: str) -> Floats:
    """Return the values as floats: integers become float64, floats keep their type."""
    if type(values) is np.ndarray and values.dtype in NATIVE:
        return values  # the common case first: for short rows, checks cost as much as the sums
    out = array(values, name, "fiub", "pass a list or array of numbers, such as float64")
    if out.dtype in NATIVE:
        return out
    if out.dtype.kind != "f":
        return out.astype(np.float64)
    return out if out.dtype.isnative else out.astype(out.dtype.newbyteorder("="))


def vectors(values: ArrayLike, name: str, axis: int = -1, *, empty: bool = False) -> Floats:
    """Return the values as floats, with at least one of them along the axis."""
    out = real(values, name)
    if out.ndim == 0:
        what, cure = f"{name} must have at least one axis", "put the numbers in a list"
        raise fault(ValueError, what, out, cure)
    if out.shape[position(axis, out.ndim)] == 0 and not empty:
        what, cure = f"{name} must hold a class in every row", "pass one number or more"
        raise fault(ValueError, what, f"shape {out.shape}", cure)
    return out


def integer(value: Any, name: str, cure: str) -> int:
    """Return the value as an int; a bool, a float or an array is none."""
    if not isinstance(value, (bool, np.bool_, np.ndarray)):
        with suppress(TypeError):
            return operator.index(value)
    raise fault(TypeError, f"{name} must be an integer", repr(value), cure)


def position(axis: int, ndim: int) -> int:
    """Return the axis counted from the front."""
    if type(axis) is int and -ndim <= axis < ndim:
        return axis % ndim
    cure = RESHAPE.get(type(axis), "pass an int; .reshape joins several axes")
    place = integer(axis, "axis", cure)
    if not -ndim <= place < ndim:
        cure = f"pass an int from {-ndim} to {ndim - 1}"
        raise fault(AxisError, "axis must exist in the array", place, cure)
    return place % ndim


def temperatures(value: ArrayLike) -> float | Floats:
    """Return one temperature as a float, several as a float64 array."""
    if type(value) is float and value >= 0:
        return value + 0.0  # turns -0.0 into 0.0
    out = array(value, "temperature", "fiu", "pass a float, or one per distribution")
    with np.errstate(over="ignore"):  # a wider float may be beyond the range
        out = out.astype(np.float64) + 0.0
    if np.isnan(out).any():
        cure = "use 0 or inf for the limits"
        raise fault(ValueError, "temperature must not be nan", "nan", cure)
    if (out < 0).any():
        cure = "negate the logits to reverse the ranking"
        raise fault(ValueError, "temperature must not be negative", out[out < 0][0], cure)
    return out if out.ndim else float(out)


def per_row(temperature: Floats, batch: tuple[int, ...]) -> Floats:
    """Return one temperature for every distribution of the batch."""
    shape = temperature.shape
    if together(shape, batch) == batch:
        return np.broadcast_to(temperature, batch)
    cure = "pass one per distribution" if batch else "pass a flat list for one row of logits"
    if shape[-1] == 1 and together(shape[:-1], batch) == batch:
        cure = "drop the last axis"
    what = "temperature must broadcast to the batch"
    raise fault(ValueError, what, f"shape {shape} for batch {batch}", cure)


def together(*shapes: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the shape that these broadcast to, None where they do not."""
    with suppress(ValueError):
        return np.broadcast_shapes(*shapes)
    return None


def differentiable(temperature: float | Floats) -> None:
    """Refuse a temperature at which softmax has no derivative."""
    if np.any(np.equal(temperature, 0)):
        what, cure = "temperature must not be 0 here", "pass a small one; softmax jumps at 0"
        raise fault(ValueError, what, 0.0, cure)


def probabilities(values: ArrayLike, name: str) -> Floats:
    """Return the values as floats, each in [0, 1]."""
    out = real(values, name)
    outside = ~((out >= 0) & (out <= 1))
    if outside.any():
        wrong = out[outside][0]
        cure = OUTSIDE.get(name, "apply softmax or sigmoid to scores; 25 percent is 0.25")
        if np.isnan(wrong):
            cure = "remove nan first"
        raise fault(ValueError, f"{name} must be in [0, 1]", wrong, cure)
    return out


def distributions(values: ArrayLike, name: str, axis: int = -1) -> Floats:
    """Return the values as floats that sum to 1 along the axis."""
    out = probabilities(vectors(values, name, axis), name)
    rows = np.moveaxis(out, axis, -1)
    sums = rows.sum(axis=-1, dtype=np.promote_types(rows.dtype, np.float64))
    wrong = np.abs(sums - 1) > TOLERANCE.get(rows.dtype.name, 1e-6)
    if wrong.any():
        row = first(wrong)
        shown = f"sum {sums[row]:.9g}" + f" in row {row}" * bool(row) + f": {rows[row]}"
        alone = rows.ndim == 1 or rows.shape[-1] == 1
        more = SINGLE.get(name, "; with one p per row pass [1 - p, p]")
        if not alone:
            more = ACROSS.get(name, ", or check the axis")
        cure = f"divide by the sum{more}"
        raise fault(ValueError, f"{name} must sum to 1 in every row", shown, cure)
    return out


def pair(p: ArrayLike, q: ArrayLike, axis: int) -> tuple[Floats, Floats, int]:
    """Return distributions that broadcast, and their axis counted from the back to fit both."""
    a, b = real(p, "p"), real(q, "q")
    ndim = max(a.ndim, b.ndim, 1)
    axis = position(axis, ndim) - ndim
    for name, values in (("p", a), ("q", b)):
        if 0 < values.ndim < -axis:
            cure = "give p and q the same axes"
            raise fault(AxisError, f"{name} must have axis {axis} too", values.shape, cure)
    a, b = distributions(a, "p", axis), distributions(b, "q", axis)
    if a.shape[axis] != b.shape[axis]:
        cure = "pass the same classes in both"
    elif together(a.shape, b.shape) is None:
        cure = "pass equally many rows, or one row in one of them"
    else:
        return a, b, axis
    raise fault(ValueError, "p and q must fit", f"shapes {a.shape} and {b.shape}", cure)


def labels(values: ArrayLike, name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return class indices as intp, or one distribution per row as floats."""
    out = array(values, "labels", "fiub", "pass class indices or probabilities")
    if out.shape == shape:
        return distributions(out, "labels")
    if out.shape != shape[:-1]:
        column = out.shape == (*shape[:-1], 1)
        cure = "drop the last axis" if column else "pass a class index or probabilities per row"
        raise fault(ValueError, f"labels must fit {name}", f"shapes {out.shape} and {shape}", cure)
    if out.dtype.kind not in "iu" and out.size:
        what, cure = "labels must be integers as class indices", "pass a class index per row"
        if np.array_equal(out, np.trunc(out)) and float(np.abs(out).max()) < 2.0**63:
            cure = "convert with .astype(int)"
        elif shape[-1] == 2:
            cure = "with one p per row pass [1 - p, p]"
        raise fault(TypeError, what, f"dtype {out.dtype}", cure)
    wrong = (out < 0) | (out >= shape[-1])
    if wrong.any():
        what, value = f"labels must be from 0 to {shape[-1] - 1}", out[wrong][0]
        cure = "count the classes from 0" + "; drop ignored rows (-100)" * bool(value < 0)
        if shape[-1] == 1 and value > 0:
            cure = "with one logit per row pass [0, x]"
        raise fault(ValueError, what, value, cure)
    return out.astype(np.intp)


def count(value: int, name: str, cure: str) -> int:
    """Return the value as an integer of at least 1."""
    out = integer(value, name, cure)
    if out < 1:
        raise fault(ValueError, f"{name} must be at least 1", out, cure)
    return out


def scalar(value: float, name: str, cure: str) -> float:
    """Return one real number as a float."""
    out = array(value, name, "fiu", cure)
    if out.ndim:
        raise fault(TypeError, f"{name} must be one number", f"shape {out.shape}", cure)
    return float(out)


def share(p: float, *, zero: bool) -> float:
    """Return p as a share of the probability: up to 1, and 0 where that means something."""
    cure = "pass a share, such as 0.9 for 90 percent"
    out = scalar(p, "p", cure)
    if out == 0:
        cure = "for the best alone use top_k(logits, 1)"
    if not (0 < out <= 1 or (zero and out == 0)):
        raise fault(ValueError, f"p must be in {'[' if zero else '('}0, 1]", out, cure)
    return out


def unit(base: float | None) -> float:
    """Return how many nats one unit of information holds."""
    if base is None:
        return 1.0
    cure = "pass 2 for bits, None for nats"
    out = scalar(base, "base", cure)
    if not 1 < out < inf:
        raise fault(ValueError, "base must be greater than 1 and finite", out, cure)
    return log(out)


def sizes(size: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """Return the shape that the draws put in front."""
    if size is None:
        return ()
    cure = "pass a count, a tuple of counts or None"
    parts = size if isinstance(size, (tuple, list)) else (size,)
    out = tuple(integer(part, "size", cure) for part in parts)
    if any(part < 0 for part in out):
        raise fault(ValueError, "size must not be negative", out, cure)
    return out


def generator(rng: Any) -> np.random.Generator:
    """Return a Generator, as SPEC 7 has it; never NumPy's global one."""
    what, cure = "rng must be a Generator or a seed", "pass an int of 0 or more, or None"
    if isinstance(rng, (bool, np.bool_, np.random.RandomState)):
        raise fault(TypeError, what, rng, cure)
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        raise fault(type(error), what, repr(rng), cure) from None


def drawable(p: Floats, start: int, batch: tuple[int, ...]) -> None:
    """Refuse rows that are no distribution: all logits -inf, or one +inf or nan.

    The rows are those of the batch, one after the other, from the start on.
    """
    wrong = np.isnan(p[:, 0])  # then the whole row is nan
    if wrong.any():
        row = tuple(int(i) for i in np.unravel_index(start + int(wrong.argmax()), batch))
        shown = f"no distribution in row {row}".replace(" in row ()", "")
        cure = "remove +inf and nan, keep one finite logit"
        raise fault(ValueError, "logits must say what to draw", shown, cure)
