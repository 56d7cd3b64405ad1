"""Entropy, divergence and loss."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _inputs
from ._inputs import FloatOrFloats, Floats
from .normalize import log_softmax, total, widened


def entropy(p: ArrayLike, *, axis: int = -1, base: float | None = None) -> FloatOrFloats:
    values, unit = _inputs.distributions(p, "p", axis), _inputs.unit(base)
    with np.errstate(all="ignore"):
        wide = widened(values)
        terms = wide * np.log(np.where(wide > 0, wide, 1))
        bits = (0 - total(terms, axis)) / unit
        return bits.astype(values.dtype, copy=False).squeeze(axis)[()]


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float | None = None
) -> FloatOrFloats:
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
    return values, _inputs.labels(labels, "p", values.shape), _inputs.count(n_bins, "n_bins")
