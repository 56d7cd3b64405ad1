"""Entropy, divergence and loss."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import FloatOrFloats, Floats
from .normalize import log_softmax, total, widened


def entropy(p: ArrayLike, *, axis: int = -1, base: float | None = None) -> FloatOrFloats:
    """Measure how undecided a distribution is.

    Minus the sum of ``p * log(p)``, where ``0 * log(0)`` is 0.

    >>> from softdial import entropy
    >>> print(f"{entropy([0.25, 0.75]):.4f} nats")
    0.5623 nats

    Four even classes take two bits:

    >>> print(f"{entropy([0.25] * 4, base=2):.1f} bits")
    2.0 bits

    Parameters
    ----------
    p : array_like of real numbers
        Distributions, each of which sums to 1 along ``axis``.
    axis : int, default -1
        The axis along which the classes lie.
    base : float, optional
        Base of the logarithm: None gives nats, 2 gives bits.

    Returns
    -------
    floating or ndarray
        The shape of ``p`` without ``axis``, from 0 to the logarithm of the number of classes,
        up to rounding and what a row misses of 1; float dtypes are kept, the rest is float64.

    Raises
    ------
    TypeError
        If ``p`` is not real numbers, or ``axis`` is not one integer.
    ValueError
        If ``p`` is a scalar or has no class, an entry is nan or lies outside [0, 1], or a row
        does not sum to 1; if ``base`` is not a finite number above 1.
    AxisError
        If ``axis`` does not exist.

    Notes
    -----
    * A row may miss the sum 1 by 1e-6 (float32 1e-4, float16 1e-2); it is never divided by its
      sum. Probabilities that were made in a narrower dtype and widened keep its error: pass the
      narrow ones, or divide by the sum.
    * Within 8 ulp of the exact value for a few classes, in nats or in a base of 2 or more; more
      classes, more rounding. The base is taken in float64, whatever the dtype of ``p``.
    * ``exp(entropy(p))`` is the effective number of classes.
    * Source: Shannon (1948).

    See Also
    --------
    kl_divergence : how far one distribution is from another.
    """
    values, unit = _inputs.distributions(p, "p", axis), _inputs.unit(base)
    with np.errstate(all="ignore"):
        wide = widened(values)
        terms = wide * np.log(np.where(wide > 0, wide, 1))
        bits = (0 - total(terms, axis)) / unit
        return bits.astype(values.dtype, copy=False).squeeze(axis)[()]


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float | None = None
) -> FloatOrFloats:
    """Measure the extra cost of predicting q where p is true.

    The sum of ``p * log(p / q)``: 0 if both are equal, above 0 otherwise.

    >>> from softdial import kl_divergence
    >>> print(f"{kl_divergence([0.25, 0.75], [0.5, 0.5]):.4f}")
    0.1308

    It is not a distance: swapped, the two give another number.

    >>> print(f"{kl_divergence([0.5, 0.5], [0.25, 0.75]):.4f}")
    0.1438

    Parameters
    ----------
    p : array_like of real numbers
        The true distributions, each of which sums to 1 along ``axis``.
    q : array_like of real numbers
        The distributions predicted in their place; ``p`` and ``q`` broadcast.
    axis : int, default -1
        The axis along which the classes lie.
    base : float, optional
        Base of the logarithm: None gives nats, 2 gives bits.

    Returns
    -------
    floating or ndarray
        The broadcast shape without ``axis``, in the wider dtype of both.

    Raises
    ------
    TypeError
        If ``p`` or ``q`` is not real numbers, or ``axis`` is not one integer.
    ValueError
        If ``p`` or ``q`` is a scalar or has no class, an entry is nan or lies outside [0, 1], or
        a row does not sum to 1; if the shapes do not fit, or ``base`` is not a finite number
        above 1.
    AxisError
        If ``axis`` does not exist.

    Notes
    -----
    * It is ``inf`` where ``q`` is 0 and ``p`` is not; where ``p`` is 0 the term is 0.
    * Where ``p`` and ``q`` are close, the rounding of their entries shows: in float64 an absolute
      error of a few 1e-16. A divergence below that is noise.
    * A sum below 0, from rounding or from rows that miss 1, is returned as 0.
    * Source: Kullback and Leibler (1951).

    See Also
    --------
    cross_entropy : the same plus the entropy of p, from logits.
    """
    first, second, axis = _inputs.pair(p, q, axis)
    dtype, unit = np.result_type(first, second), _inputs.unit(base)
    with np.errstate(all="ignore"):
        wide = np.promote_types(dtype, np.float32)
        a, b = first.astype(wide, copy=False), second.astype(wide, copy=False)
        terms = np.where(a > 0, a * log_ratio(a, b), 0)
        gap = np.maximum(total(terms, axis), 0) / unit  # rounding alone goes below 0
        return gap.astype(dtype, copy=False).squeeze(axis)[()]


def log_ratio(p: Floats, q: Floats) -> Floats:
    """Return log(p / q) to full accuracy near p = q, and where the ratio leaves the range."""
    ratio, limits = p / q, np.finfo(p.dtype)
    out = np.where(np.abs(ratio - 1) <= 0.5, np.log1p((p - q) / q), np.log(ratio))
    lost = (ratio < limits.tiny) | (ratio > limits.max)
    return np.where(lost, np.log(p) - np.log(q), out)


def cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, temperature: ArrayLike = 1.0
) -> FloatOrFloats:
    """Measure the loss of logits against labels, row by row.

    Minus the log-probability of the label; no mean is taken.

    >>> from softdial import cross_entropy
    >>> logits = [[2.0, 1.0, -3.0], [0.0, 0.0, 0.0]]
    >>> cross_entropy(logits, [0, 2])
    array([0.31817543, 1.09861229])

    Labels in the shape of the logits are distributions:

    >>> cross_entropy(logits, [[0.5, 0.5, 0], [0, 0, 1]])
    array([0.81817543, 1.09861229])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, one distribution per row along the last axis; not probabilities.
    labels : array_like
        Integers from 0 to n - 1 of shape ``logits.shape[:-1]``, or distributions of shape
        ``logits.shape``. The shape decides, never the dtype.
    temperature : float or array_like, default 1.0
        A number from 0 to infinity, or one per row.

    Returns
    -------
    floating or ndarray
        Loss in nats, of shape ``logits.shape[:-1]``, in the dtype that ``softmax`` returns.
        With 1-D logits, several temperatures give one loss each.

    Raises
    ------
    TypeError
        If an argument is not real numbers, or class indices are not integers.
    ValueError
        If ``logits`` is a scalar or has no class, the shapes do not fit, a class index is out of
        range, a label row has an entry outside [0, 1] or nan, or does not sum to 1; if
        ``temperature`` is negative, nan or does not fit the batch.

    Notes
    -----
    * ``inf`` where a label has a logit of ``-inf``, and at T = 0 where it is not among the
      largest; a class with label 0 and logit ``-inf`` adds 0.
    * A row of ``-inf`` only, or with ``inf`` or nan, gives nan for that row.
    * As accurate as ``log_softmax``: a loss above 0 becomes 0 only where the probability of every
      other class is too small for the dtype.

    See Also
    --------
    log_softmax : the log-probabilities of all classes.
    fit_temperature : the temperature with the least mean loss.
    """
    x, y = labelled(logits, labels)
    with np.errstate(all="ignore"):
        loss = 0 - at_labels(log_softmax(widened(x), temperature=temperature), y)
        return np.asarray(loss).astype(x.dtype, copy=False)[()]


def labelled(logits: ArrayLike, labels: ArrayLike) -> tuple[Floats, NDArray[Any]]:
    """Return logits and labels that fit: class indices or one distribution per row."""
    x = _inputs.vectors(logits, "logits")
    return x, _inputs.labels(labels, "logits", x.shape)


def at_labels(values: Floats, labels: NDArray[Any]) -> Floats:
    """Return the value at each class index, or the mean over each distribution."""
    if labels.dtype.kind == "i":
        index = np.broadcast_to(labels, values.shape[:-1])[..., None]
        return np.take_along_axis(values, index, axis=-1)[..., 0]
    absent = (labels == 0) & (values == -np.inf)
    return np.where(absent, 0, labels * values).sum(axis=-1)


def observations(p: ArrayLike, labels: ArrayLike, n_bins: int) -> tuple[Floats, NDArray[Any], int]:
    """Return probabilities, labels that fit, and the number of bins."""
    values = _inputs.distributions(p, "p")
    aim = _inputs.labels(labels, "p", values.shape)
    return values, aim, _inputs.count(n_bins, "n_bins", "pass n_bins=1 or more")
