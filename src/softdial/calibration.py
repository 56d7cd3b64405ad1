"""Fit a temperature, and see how right the probabilities are."""

import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .information import at_labels, labelled, observations
from .normalize import normalized, scaled

Doubles = NDArray[np.float64]


class CalibrationCurve(NamedTuple):
    """What each bin holds: mean confidence, share of right answers, number of rows."""

    confidence: Doubles
    accuracy: Doubles
    count: NDArray[np.int64]


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    x, y = labelled(logits, labels)
    with np.errstate(all="ignore"):
        z, exponent = unit_gaps(x.astype(np.float64))
        aim = at_labels(z, y)
        t, reason = limit(z, aim)
        if reason:
            warnings.warn(f"no temperature fits best, {reason}; returning {t}", stacklevel=2)
        return t if t is not None else float(np.ldexp(root(z, aim), exponent))


def unit_gaps(x: Doubles) -> tuple[Doubles, int]:
    """Return logits - max as z * 2**exponent, with z in [-1, 0] or -inf."""
    half = scaled(x, 2.0, -1)  # a half cannot overflow
    largest = -np.where(half == -np.inf, 0, half).min(initial=0)
    exponent = int(np.frexp(largest)[1])
    return np.ldexp(half, -exponent), exponent + 1


def limit(z: Doubles, aim: Doubles) -> tuple[float | None, str]:
    """Return the temperature if no inner one fits best, and the reason to warn of."""
    if np.isnan(z).any():
        return np.nan, ""
    if ((z == 0) | (z == -np.inf)).all():
        return 1.0, "got rows of equal logits"
    if (aim == 0).all():
        return 0.0, "got every label at a largest logit"
    slope, _ = slopes(z, aim, np.inf)
    if slope >= -1e-15 * np.abs(aim).sum():
        return np.inf, "got scores no better than chance"
    return None, ""


def slopes(z: Doubles, aim: Doubles, t: float) -> tuple[float, float]:
    """Return the slope of the loss in 1 / T, and how fast it falls with log T."""
    p, finite = normalized(z, t, -1), np.where(z == -np.inf, 0, z)
    mean = (p * finite).sum(axis=-1)
    variance = (p * (finite - mean[..., None]) ** 2).sum()
    return float((mean - aim).sum()), float(variance / t)


def root(z: Doubles, aim: Doubles) -> float:
    """Return the T at which the slope is 0: Newton's steps in log T inside a bracket."""
    low, high = bracket(z, aim)
    u = (low + high) / 2
    for step in range(1, 101):
        slope, fall = slopes(z, aim, float(np.exp(u)))
        low, high = (u, high) if slope > 0 else (low, u)
        old, u = u, u + slope / fall if fall else np.nan
        if abs(u - old) <= 1e-14:
            break
        if not low < u < high or step % 4 == 0:  # halving ends what Newton's steps may not
            u = (low + high) / 2
    return float(np.exp(u))


def bracket(z: Doubles, aim: Doubles) -> tuple[float, float]:
    """Return two values of log T between which the slope changes its sign."""
    slope, _ = slopes(z, aim, 1.0)
    side, far = (1, 1.0) if slope > 0 else (-1, 1.0)
    while (slopes(z, aim, float(np.exp(side * far)))[0] > 0) == (slope > 0):
        far *= 2
    low, high = sorted((side * far, side * (far / 2 if far > 1 else 0)))
    return low, high


def calibration_curve(p: ArrayLike, labels: ArrayLike, *, n_bins: int = 15) -> CalibrationCurve:
    values, y, n = observations(p, labels, n_bins)
    best = values.argmax(axis=-1)
    top = np.take_along_axis(values, best[..., None], axis=-1).ravel()
    edges = (np.arange(1, n + 1) / n).astype(top.dtype)
    bins = np.searchsorted(edges, top)  # left: an edge belongs to the bin below it
    count = np.bincount(bins, minlength=n)
    with np.errstate(invalid="ignore"):
        confidence = np.bincount(bins, top, n) / count
        accuracy = np.bincount(bins, hits(best, y).ravel(), n) / count
    return CalibrationCurve(confidence, accuracy, count)


def hits(best: NDArray[np.intp], labels: NDArray[Any]) -> NDArray[Any]:
    """Return the share of each label that the best class gets: 0 or 1 for class indices."""
    if labels.ndim == best.ndim:
        return best == labels
    return np.take_along_axis(labels, best[..., None], axis=-1)


def expected_calibration_error(p: ArrayLike, labels: ArrayLike, *, n_bins: int = 15) -> float:
    confidence, accuracy, count = calibration_curve(p, labels, n_bins=n_bins)
    gaps = np.abs(accuracy - confidence)
    with np.errstate(invalid="ignore"):
        return float(np.sum(gaps * count, where=count > 0) / count.sum())
