"""Fit a temperature, and see how right the probabilities are."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .information import at_labels, labelled, observations
from .normalize import normalized, scaled

Floats = NDArray[np.floating[Any]]


class CalibrationCurve(NamedTuple):
    """What each bin holds: mean confidence, share of right answers, number of rows."""

    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    count: NDArray[np.int64]  # type: ignore[assignment]  # tuple.count is of no use here


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """Find the temperature that fits logits to labels best.

    It minimizes the mean [cross_entropy][softdial.cross_entropy] over T; the model's ranking stays.

    >>> from softdial import fit_temperature
    >>> logits = [[4.0, 0.0]] * 4
    >>> t = fit_temperature(logits, [0, 0, 0, 1])
    >>> print(f"{t:.4f}")
    3.6410

    Three of four labels are right, so the fitted probability is 0.75:

    >>> from softdial import softmax
    >>> softmax(logits[0], temperature=t)
    array([0.75, 0.25])

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., n)
        Scores, not probabilities, of held-out examples, not of those that trained the model.
    labels : array_like
        Integers from 0 to n - 1 of shape ``logits.shape[:-1]``, or distributions of shape
        ``logits.shape``. The shape decides, never the dtype.

    Returns
    -------
    float
        The temperature, within 1e-6 relative of the optimum, unless that is many billions of times
        as large as the largest gap between logits.

    Raises
    ------
    TypeError
        If an argument is not real numbers, or class indices are not integers.
    ValueError
        If ``logits`` is a scalar or has no class, the shapes do not fit, a class index is out of
        range, or a label row has an entry outside [0, 1] or nan, or does not sum to 1.

    Warns
    -----
    UserWarning
        If no T between the limits fits best; then one is returned: 1.0 if all rows are constant or
        there are none, where every T is alike; else 0.0 if every label is among the largest of
        its row, ``inf`` if the labels' logits are, on average, no larger than the plain averages
        of their rows without ``-inf``; ``inf`` or 0.0 also where no float holds the optimum. If a
        label has the logit ``-inf``, the loss is infinite at every T: then nan.

    Notes
    -----
    * A row of ``-inf`` only, or with ``inf`` or nan, gives nan.
    * The loss is convex in 1 / T, so there is one minimum; Newton's steps in log T find it
      inside a bracket, in about ten passes over the logits and with the memory of four float64
      arrays of their size, or up to seven if the classes are few.
    * Source: Guo et al. (2017).

    See Also
    --------
    expected_calibration_error : how far confidence and accuracy are apart.
    """
    x, y = labelled(logits, labels)
    with np.errstate(all="ignore"):
        z, exponent = unit_gaps(x.astype(np.float64))
        rows = Rows(z, at_labels(z, y), at_labels(np.broadcast_to(1.0, z.shape), y))
        t, reason = limit(rows)
        if t is None:
            t = float(np.ldexp(root(rows), exponent))
            reason = (
                "" if 0 < t < np.inf else "got an optimum that no float holds;\nscale the logits"
            )
        if reason:
            warnings.warn(f"no temperature fits best, returning {t};\n{reason}", stacklevel=2)
        return t


def unit_gaps(x: Floats) -> tuple[Floats, int]:
    """Return logits - max as z * 2**exponent, with z in [-1, 0] or -inf."""
    half = scaled(x, 2.0, -1)  # a half cannot overflow
    largest = -np.where(half == -np.inf, 0, half).min(initial=0)
    exponent = int(np.frexp(largest)[1])
    return np.ldexp(half, -exponent), exponent + 1


class Rows(NamedTuple):
    """What the loss is made of: logits in units of the largest gap, their value at the label
    and the label's sum, which may miss 1 by what is forgiven."""

    z: Floats
    aim: Floats
    mass: Floats


def limit(rows: Rows) -> tuple[float | None, str]:
    """Return the temperature if no inner one fits best, and the reason to warn of."""
    z, aim, _ = rows
    if np.isnan(z).any():
        return np.nan, ""
    if (aim == -np.inf).any():
        return np.nan, "got a label whose logit is -inf;\ndo not mask a class that is a label"
    if ((z == 0) | (z == -np.inf)).all():
        found = "rows of equal logits" if z.size else "no rows"
        return 1.0, f"got {found};\npass rows whose logits differ"
    if (aim == 0).all():
        return 0.0, "got every label at a largest logit;\nfit on more rows, all of them held out"
    slope, _ = slopes(rows, np.inf)
    if slope >= -1e-15 * np.abs(aim).sum():
        reason = "got labels' logits no larger than the average"
        return np.inf, f"{reason};\ncompare the order of classes in logits and labels"
    return None, ""


def slopes(rows: Rows, t: float) -> tuple[float, float]:
    """Return the slope of the loss in 1 / T, and how fast it falls with log T."""
    z, aim, mass = rows
    p, finite = normalized(z, t, -1), np.where(z == -np.inf, 0, z)
    mean = (p * finite).sum(axis=-1)
    variance = (p * (finite - mean[..., None]) ** 2).sum(axis=-1)
    return float((mass * mean - aim).sum()), float((mass * variance).sum() / t)


def root(rows: Rows) -> float:
    """Return the T at which the slope is 0: Newton's steps in log T inside a bracket."""
    low, high = bracket(rows)
    u, last = (low + high) / 2, high - low
    for _ in range(100):
        slope, fall = slopes(rows, float(np.exp(u)))
        low, high = (u, high) if slope > 0 else (low, u)
        step = slope / fall if fall else np.inf
        if abs(step) <= 1e-8:  # the next would be as small as its square
            u += step
            break
        if not low < u + step < high or abs(step) > last / 2:  # halving ends what steps may not
            step = (low + high) / 2 - u
        u, last = u + step, abs(step)
    return float(np.exp(u))


def bracket(rows: Rows) -> tuple[float, float]:
    """Return two values of log T between which the slope changes its sign."""
    slope, _ = slopes(rows, 1.0)
    side, far = (1, 1.0) if slope > 0 else (-1, 1.0)
    while (slopes(rows, float(np.exp(side * far)))[0] > 0) == (slope > 0):
        far *= 2
    low, high = sorted((side * far, side * (far / 2 if far > 1 else 0)))
    return low, high


def calibration_curve(p: ArrayLike, labels: ArrayLike, *, n_bins: int = 15) -> CalibrationCurve:
    """Compare confidence and accuracy, bin by bin.

    A row's confidence is its largest probability; equal bins divide [0, 1].

    >>> from softdial import calibration_curve
    >>> p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]
    >>> curve = calibration_curve(p, [0, 0, 1, 0], n_bins=4)
    >>> curve.confidence
    array([ nan,  nan, 0.65, 0.85])
    >>> curve.accuracy
    array([nan, nan, 0.5, 1. ])
    >>> curve.count
    array([0, 0, 2, 2])

    Parameters
    ----------
    p : array_like of real numbers, shape (..., n)
        Distributions, each of which sums to 1 along the last axis.
    labels : array_like
        Integers from 0 to n - 1 of shape ``p.shape[:-1]``, or distributions of shape ``p.shape``.
    n_bins : int, default 15
        How many bins, 1 or more.

    Returns
    -------
    CalibrationCurve
        A named tuple of three arrays of length ``n_bins``: mean ``confidence`` and ``accuracy``
        as float64, and ``count`` as int64.

    Raises
    ------
    TypeError
        If an argument is not real numbers, or class indices or ``n_bins`` are not integers.
    ValueError
        If ``p`` is a scalar or has no class, an entry is nan or lies outside [0, 1], the shapes
        do not fit, a class index is out of range, a row does not sum to 1, or ``n_bins`` is
        below 1.

    Notes
    -----
    * A bin holds its upper edge, rounded to the dtype of ``p``: (lo, hi]; the first holds 0 too.
      Empty bins are nan with count 0.
    * Of tied largest classes the first counts as the answer. Where the label is a distribution,
      the answer counts as right by the share that the label gives its class.
    * With one p per row for two classes, pass both: ``np.stack([1 - p, p], axis=-1)``.
    * Source: Guo et al. (2017).

    See Also
    --------
    expected_calibration_error : the curve as one number.
    """
    values, y, n = observations(p, labels, n_bins)
    best = values.argmax(axis=-1)
    top = np.take_along_axis(values, best[..., None], axis=-1).ravel()
    wide = np.promote_types(top.dtype, np.float64)
    edges = (np.arange(1, n + 1, dtype=wide) / n).astype(top.dtype)
    bins = np.searchsorted(edges, top)  # left: an edge belongs to the bin below it
    count = np.bincount(bins, minlength=n)
    with np.errstate(invalid="ignore"):
        confidence = np.bincount(bins, top.astype(np.float64), n) / count
        accuracy = np.bincount(bins, hits(best, y).ravel().astype(np.float64), n) / count
    return CalibrationCurve(confidence, accuracy, count)


def hits(best: NDArray[np.intp], labels: NDArray[Any]) -> NDArray[Any]:
    """Return the share of each label that the best class gets: 0 or 1 for class indices."""
    if labels.ndim == best.ndim:
        return best == labels
    return np.take_along_axis(labels, best[..., None], axis=-1)


def expected_calibration_error(p: ArrayLike, labels: ArrayLike, *, n_bins: int = 15) -> float:
    """Sum up how far confidence and accuracy are apart.

    The mean over all rows of the gap of their bin, abbreviated ECE.

    >>> from softdial import expected_calibration_error
    >>> p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]
    >>> labels = [0, 0, 1, 0]
    >>> ece = expected_calibration_error(p, labels, n_bins=4)
    >>> print(f"{ece:.3f}")
    0.150

    Parameters
    ----------
    p : array_like of real numbers, shape (..., n)
        Distributions, each of which sums to 1 along the last axis.
    labels : array_like
        Integers from 0 to n - 1 of shape ``p.shape[:-1]``, or distributions of shape ``p.shape``.
    n_bins : int, default 15
        How many bins, 1 or more; the result depends on it.

    Returns
    -------
    float
        From 0 to 1; nan for an empty batch.

    Raises
    ------
    TypeError
        If an argument is not real numbers, or class indices or ``n_bins`` are not integers.
    ValueError
        If ``p`` is a scalar or has no class, an entry is nan or lies outside [0, 1], the shapes
        do not fit, a class index is out of range, a row does not sum to 1, or ``n_bins`` is
        below 1.

    Notes
    -----
    * With few rows it usually lies above 0 even for perfect probabilities: chance opens gaps.
    * A low value does not mean a good model: always giving the base rate has an ECE near 0.
    * Sources: Naeini, Cooper and Hauskrecht (2015); with the largest class, Guo et al. (2017).

    See Also
    --------
    calibration_curve : the bins behind this number.
    fit_temperature : the cure with one parameter.
    """
    confidence, accuracy, count = calibration_curve(p, labels, n_bins=n_bins)
    gaps = np.abs(accuracy - confidence)
    with np.errstate(invalid="ignore"):
        return float(np.sum(gaps * count, where=count > 0) / count.sum())
