import math

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from oracles import exactly, ulps
from softdial import logit, sigmoid, softmax

INF = np.inf
DTYPES = [np.float16, np.float32, np.float64]


def logit_exact(values):
    return [mpmath.log(p) - mpmath.log1p(-p) for p in exactly(values)]


def sigmoid_exact(values):
    return [1 / (1 + mpmath.exp(-x)) for x in exactly(values)]


def probabilities(dtype):
    """The whole of (0, 1): dense at both ends and around one half."""
    rng = np.random.default_rng(0)
    tails = 10.0 ** rng.uniform(-300 if dtype == np.float64 else -37, 0, 300)
    middle = 0.5 + rng.choice([-1, 1], 300) * 10.0 ** rng.uniform(-16, -0.31, 300)
    p = np.concatenate([tails, 1 - tails, middle, rng.uniform(0, 1, 300)]).astype(dtype)
    return p[(p > 0) & (p < 1)]


class TestLogit:
    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    def test_it_is_within_4_ulp_everywhere(self, dtype):
        p = probabilities(dtype)
        assert ulps(logit(p), logit_exact(p)).max() <= 4

    def test_the_plain_formula_is_not(self):
        p = probabilities(np.float64)
        p = p[p != 0.5]
        assert ulps(np.log(p / (1 - p)), logit_exact(p)).max() > 1000

    def test_scipy_agrees(self):
        p = probabilities(np.float64)
        np.testing.assert_allclose(logit(p), scipy.special.logit(p), rtol=1e-12, atol=1e-15)

    def test_the_ends_are_infinite(self):
        np.testing.assert_array_equal(logit([0, 0.5, 1]), [-INF, 0, INF])

    @given(st.floats(0, 1))
    def test_the_opposite_event_has_the_opposite_log_odds(self, p):
        assert logit(1 - p) == pytest.approx(-logit(1 - (1 - p)), rel=1e-12, abs=1e-15)

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype_and_shape(self, dtype):
        out = logit(np.full((2, 3), 0.25, dtype))
        assert (out.dtype, out.shape) == (dtype, (2, 3))

    def test_float16_is_rounded_once(self):
        p = np.linspace(0.01, 0.99, 999, dtype=np.float16)
        np.testing.assert_array_equal(logit(p), np.float16(logit(p.astype(np.float32))))

    def test_a_scalar_gives_a_scalar(self):
        assert isinstance(logit(0.75), np.floating)
        assert math.isclose(logit(0.75), math.log(3), rel_tol=1e-15)

    @pytest.mark.parametrize("p", [-0.1, 1.1, np.nan, [0.5, 2]])
    def test_what_is_no_probability_is_refused(self, p):
        with pytest.raises(ValueError, match=r"p must be in \[0, 1\]"):
            logit(p)


class TestSigmoid:
    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    def test_it_is_within_4_ulp_down_to_the_smallest_floats(self, dtype):
        reach = 744 if dtype == np.float64 else 103
        x = np.random.default_rng(1).uniform(-reach, reach, 2000).astype(dtype)
        x[0] = -7.2704945  # in float32 off by more than 3
        assert ulps(sigmoid(x), sigmoid_exact(x)).max() <= 4

    def test_below_the_smallest_normal_number_it_is_within_two_steps(self):
        x = np.linspace(-103.9, -87.4, 2000, dtype=np.float32)
        x[0] = -87.672134  # off by more than one where NumPy has an exponential of its own
        assert ulps(sigmoid(x), sigmoid_exact(x)).max() <= 2

    def test_the_known_case_is_not_0(self):
        assert ulps(sigmoid(-715.0), [1 / (1 + mpmath.exp(mpf(715)))])[0] <= 1
        assert f"{sigmoid(-715.0):.1e}" == "3.0e-311"
        with np.errstate(over="ignore"):
            assert 1 / (1 + np.exp(715.0)) == 0  # the plain formula

    def test_scipy_agrees(self):
        x = np.linspace(-700, 700, 1001)
        np.testing.assert_allclose(sigmoid(x), scipy.special.expit(x), rtol=1e-14)

    def test_the_ends_are_exact_and_nan_stays(self):
        np.testing.assert_array_equal(sigmoid([-INF, 0, INF, np.nan]), [0, 0.5, 1, np.nan])

    @given(st.floats(-30, 30))
    def test_logit_leads_back(self, x):
        # near 1 a probability holds ever fewer digits of the log-odds
        assert logit(sigmoid(x)) == pytest.approx(x, rel=1e-12, abs=4e-16 * math.exp(abs(x)))

    @given(st.floats(-700, 700))
    def test_it_is_softmax_of_two_classes(self, x):
        assert sigmoid(x) == pytest.approx(softmax([0.0, x])[1], rel=1e-14)

    @given(st.floats(-30, 30))
    def test_opposite_log_odds_sum_to_1(self, x):
        assert sigmoid(x) + sigmoid(-x) == pytest.approx(1, rel=1e-15)

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype_and_shape(self, dtype):
        out = sigmoid(np.zeros((2, 3), dtype))
        assert (out.dtype, out.shape) == (dtype, (2, 3))

    def test_float16_is_rounded_once(self):
        x = np.linspace(-8, 8, 999, dtype=np.float16)
        np.testing.assert_array_equal(sigmoid(x), np.float16(sigmoid(x.astype(np.float32))))

    def test_integers_are_computed_in_float64(self):
        assert sigmoid(np.array([-100], np.int8))[0] == sigmoid(-100.0)
