"""Probability to log-odds and back."""

import numpy as np
from numpy.typing import ArrayLike

from . import _inputs
from ._inputs import FloatOrFloats


def logit(p: ArrayLike) -> FloatOrFloats:
    values = _inputs.probabilities(p, "p")
    wide = values.astype(np.promote_types(values.dtype, np.float32), copy=False)
    with np.errstate(all="ignore"):
        tails = np.log(wide) - np.log1p(-wide)
        middle = 2 * np.arctanh(2 * wide - 1)  # near 1/2 the two logs above cancel
        out = np.where(np.abs(wide - 0.5) <= 0.25, middle, tails)
        return out.astype(values.dtype, copy=False)[()]


def sigmoid(x: ArrayLike) -> FloatOrFloats:
    values = _inputs.real(x, "x")
    wide = values.astype(np.promote_types(values.dtype, np.float32), copy=False)
    with np.errstate(all="ignore"):
        e = np.exp(-np.abs(wide))
        out = np.where(wide < 0, e, 1) / (1 + e)
        return out.astype(values.dtype, copy=False)[()]
