"""What the functions should give, computed another way: in mpmath, with 400 digits' room."""

import mpmath
import numpy as np
from mpmath import mpf

# Enough for exp of the smallest float64 beside 1, and for sums over T = 5e-324.
mpmath.mp.dps = 60


def exactly(values):
    """Turn floats into the numbers they stand for."""
    return [mpf(float(value)) for value in np.asarray(values, dtype=np.longdouble)]


def scaled_exactly(row, temperature):
    """Return (x - max) / T of finite logits, exactly rounded to 60 digits."""
    row = exactly(row)
    return [(x - max(row)) / mpf(float(temperature)) for x in row]


def softmax_exact(row, temperature=1.0):
    weights = [mpmath.exp(z) for z in scaled_exactly(row, temperature)]
    return [weight / mpmath.fsum(weights) for weight in weights]


def log_softmax_exact(row, temperature=1.0):
    z = scaled_exactly(row, temperature)
    winners = z.count(0)
    rest = mpmath.fsum(mpmath.exp(x) for x in z if x != 0)
    total = mpmath.log(winners) + mpmath.log1p(rest / winners)
    return [x - total for x in z]


def logsumexp_exact(row):
    return max(exactly(row)) - max(log_softmax_exact(row))


def ulps(got, exact):
    """Return the error of each number in units of its last place; below tiny, in the smallest."""
    got = np.atleast_1d(got)
    steps = np.maximum(np.spacing(np.abs(got)), np.finfo(got.dtype).smallest_subnormal)
    pairs = zip(got.tolist(), exact, steps.tolist(), strict=True)
    return np.array([float(abs(mpf(x) - y) / mpf(step)) for x, y, step in pairs])
