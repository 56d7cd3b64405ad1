"""Logits, softmax and temperature.

Two logits, whose odds are 3 to 1, at three temperatures:

>>> import math
>>> from softdial import softmax
>>> softmax([0.0, math.log(3)])
array([0.25, 0.75])
>>> softmax([0.0, math.log(3)], temperature=0.5)
array([0.1, 0.9])
>>> softmax([0.0, math.log(3)], temperature=math.inf)
array([0.5, 0.5])

Odds are raised to the power 1 / T: 9 to 1 at T = 0.5, 1 to 1 at T = inf.
"""

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


def __dir__() -> list[str]:
    return __all__  # what Tab offers: functions, not the modules they stand in
