"""Logits, softmax and temperature."""

from .calibration import calibration_curve, expected_calibration_error, fit_temperature
from .gradients import softmax_jacobian
from .information import cross_entropy, entropy, kl_divergence
from .normalize import log_softmax, logsumexp, softmax
from .odds import logit, sigmoid
from .sampling import sample
from .truncation import min_p, top_k, top_p

__all__ = [
    "calibration_curve",
    "cross_entropy",
    "entropy",
    "expected_calibration_error",
    "fit_temperature",
    "kl_divergence",
    "log_softmax",
    "logit",
    "logsumexp",
    "min_p",
    "sample",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "top_k",
    "top_p",
]
