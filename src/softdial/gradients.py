"""The derivative of softmax."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .normalize import divide, normalized, prepare


def softmax_jacobian(
    logits: ArrayLike, *, temperature: ArrayLike = 1.0
) -> NDArray[np.floating[Any]]:
    x, t, axis, dtype = prepare(logits, temperature, smooth=True)
    with np.errstate(all="ignore"):
        p = normalized(x, t, axis)
        slopes = p[..., None] * p[..., None, :]
        own = np.arange(p.shape[-1])
        slopes[..., own, own] = 0 * p  # keeps nan
        divide(slopes, t if isinstance(t, float) else t[..., None])
        # the sum of the others, because p * (1 - p) loses its digits near p = 1
        slopes[..., own, own] = -slopes.sum(axis=-1)
        return (0 - slopes).astype(dtype, copy=False)
