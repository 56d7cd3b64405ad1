"""The derivative of softmax."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .normalize import divide, normalized, prepare


def softmax_jacobian(logits: ArrayLike, *, temperature: ArrayLike = 1.0) -> NDArray[Any]:
    """Differentiate softmax with respect to the logits.

    Entry (i, j) is the slope of probability i in logit j: ``(diag(p) - p pᵀ) / T``.

    >>> import math
    >>> from softdial import softmax_jacobian
    >>> softmax_jacobian([0.0, math.log(3)])
    array([[ 0.1875, -0.1875],
           [-0.1875,  0.1875]])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis.
    temperature : float or array_like, default 1.0
        A number above 0, or one per distribution.

    Returns
    -------
    ndarray, shape (..., n, n)
        One symmetric matrix per distribution, whose rows sum to 0; the dtype is that of
        ``softmax``. With 1-D logits, several temperatures give one matrix each.

    Raises
    ------
    TypeError
        If ``logits`` or ``temperature`` are not real numbers.
    ValueError
        If ``logits`` is a scalar or has no class; if ``temperature`` is 0, negative, nan or
        does not fit the batch.

    Notes
    -----
    * T = 0 is refused: softmax jumps at ties there, and is flat elsewhere. At T = inf all slopes
      are 0.
    * A row of ``-inf`` only, or with ``inf`` or nan, gives a matrix of nan.
    * The diagonal is minus the sum of the others in its row: ``p * (1 - p)`` would lose its digits
      near p = 1.
    * Where a probability underflows, or the product of two, so do the slopes made of it, however
      small T is.
    * Memory grows with n squared: 128,000 classes take 131 GB in float64, and twice that while
      the matrix is made.

    See Also
    --------
    softmax : what is differentiated.
    cross_entropy : its gradient is ``(p - y) / T``, without this matrix.
    """
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
