"""Probability to log-odds and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from . import _inputs
from ._inputs import FloatOrFloats


def logit(p: ArrayLike) -> FloatOrFloats:
    """Turn a probability into log-odds.

    The logarithm of ``p / (1 - p)``, entry by entry.

    >>> from softdial import logit
    >>> logit([0.25, 0.5, 0.75])
    array([-1.09861229,  0.        ,  1.09861229])

    Certainty has infinite log-odds:

    >>> logit([0, 1])
    array([-inf,  inf])

    Parameters
    ----------
    p : array_like of real numbers
        Probabilities in [0, 1], of any shape; a scalar too.

    Returns
    -------
    floating or ndarray
        Natural log-odds in the shape of ``p``; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``p`` is not real numbers.
    ValueError
        If an entry lies outside [0, 1] or is nan.

    Notes
    -----
    * Within 4 ulp of the exact value on all of [0, 1]: near 1/2 an inverse hyperbolic tangent
      keeps the digits that the difference of two logarithms loses.
    * The name is Berkson's (1944).

    See Also
    --------
    sigmoid : the way back.
    """
    values = _inputs.probabilities(p, "p")
    wide = values.astype(np.promote_types(values.dtype, np.float32), copy=False)
    with np.errstate(all="ignore"):
        tails = np.log(wide) - np.log1p(-wide)
        middle = 2 * np.arctanh(2 * wide - 1)  # near 1/2 the two logs above cancel
        out = np.where(np.abs(wide - 0.5) <= 0.25, middle, tails)
        return out.astype(values.dtype, copy=False)[()]


def sigmoid(x: ArrayLike) -> FloatOrFloats:
    """Turn log-odds into a probability.

    It is ``1 / (1 + exp(-x))``, entry by entry: softmax of the two logits ``[0, x]``, second entry.

    >>> import math
    >>> from softdial import sigmoid
    >>> sigmoid([0.0, math.log(3)])
    array([0.5 , 0.75])

    Small probabilities stay above 0 as long as float64 can hold them:

    >>> print(f"{sigmoid(-715.0):.3e}")
    3.016e-311

    Parameters
    ----------
    x : array_like of real numbers
        Log-odds, of any shape; a scalar too.

    Returns
    -------
    floating or ndarray
        Probabilities in the shape of ``x``; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``x`` is not real numbers.

    Notes
    -----
    * ``-inf`` gives 0, ``inf`` gives 1, nan gives nan; nothing warns.
    * Within 4 ulp of the exact value, down to the smallest normal number; below it within two
      steps. The exponential is taken of ``-abs(x)``, which cannot overflow.
    * More than two classes need softmax; the sigmoids of separate scores need not sum to 1.

    See Also
    --------
    logit : the way back.
    softmax : more than two classes.
    """
    values = _inputs.real(x, "x")
    wide = values.astype(np.promote_types(values.dtype, np.float32), copy=False)
    with np.errstate(all="ignore"):
        e = np.exp(-np.abs(wide))
        out = np.where(wide < 0, e, 1) / (1 + e)
        return out.astype(values.dtype, copy=False)[()]
