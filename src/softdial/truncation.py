"""Keep the likely classes: logits in, logits out, the rest -inf."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import Floats
from .normalize import softmax


def top_k(logits: ArrayLike, k: int) -> Floats:
    x, count = _inputs.vectors(logits, "logits"), _inputs.count(k, "k")
    place = max(x.shape[-1] - count, 0)
    threshold = np.partition(x, place, axis=-1)[..., place : place + 1]
    return keep(x, x >= threshold)


def top_p(logits: ArrayLike, p: float) -> Floats:
    x, share = _inputs.vectors(logits, "logits"), _inputs.share(p, zero=False)
    if share == 1:
        return keep(x, np.True_)
    falling = np.argsort(-x, axis=-1, kind="stable")
    mass = np.take_along_axis(softmax(double(x)), falling, axis=-1)
    before = np.zeros_like(mass)
    np.cumsum(mass[..., :-1], axis=-1, out=before[..., 1:])
    kept = np.empty(x.shape, dtype=bool)
    np.put_along_axis(kept, falling, before < border(share, x), axis=-1)
    return keep(x, kept)


def min_p(logits: ArrayLike, p: float) -> Floats:
    x, share = _inputs.vectors(logits, "logits"), _inputs.share(p, zero=True)
    with np.errstate(all="ignore"):
        relative = np.exp(double(x) - double(x.max(axis=-1, keepdims=True)))
    return keep(x, relative >= border(share, x))


def double(x: Floats) -> Floats:
    """Return the logits in float64, so that their probabilities do not depend on their type."""
    return x.astype(np.promote_types(x.dtype, np.float64), copy=False)


def border(p: float, x: Floats) -> float:
    """Return p less the rounding that logits of this type bring along."""
    return p * (1 - 8 * float(np.finfo(x.dtype).eps))


def keep(x: Floats, kept: NDArray[np.bool_] | np.bool_) -> Floats:
    """Return the kept logits, the rest -inf; nan where a row is no distribution."""
    top = x.max(axis=-1, keepdims=True)
    return np.where(np.isfinite(top), np.where(kept, x, -np.inf), np.nan)
