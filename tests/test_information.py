import math

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mpmath import mpf

from oracles import exactly, log_softmax_exact, ulps
from softdial import cross_entropy, entropy, kl_divergence, log_softmax, softmax
from softdial.information import log_ratio

INF, NAN = np.inf, np.nan
DTYPES = [np.float16, np.float32, np.float64]
rows = arrays(np.float64, st.integers(2, 8), elements=st.floats(-30, 30))


def entropy_exact(p):
    return -mpmath.fsum(x * mpmath.log(x) for x in exactly(p) if x)


def kl_exact(p, q):
    pairs = zip(exactly(p), exactly(q), strict=True)
    return mpmath.fsum(x * mpmath.log(x / y) for x, y in pairs if x)


def distributions(seed, scale):
    return softmax(np.random.default_rng(seed).normal(0, scale, (100, 5)))


class TestEntropy:
    @pytest.mark.parametrize("scale", [0.1, 1, 10, 30])
    def test_it_is_that_of_mpmath(self, scale):
        for p in distributions(0, scale):
            assert ulps(entropy(p), [entropy_exact(p)])[0] <= 8, p

    def test_scipy_agrees(self):
        p = distributions(1, 3)
        np.testing.assert_allclose(entropy(p), scipy.special.entr(p).sum(-1), rtol=1e-14)

    @given(rows)
    def test_it_lies_between_0_and_the_logarithm_of_n(self, z):
        assert 0 <= entropy(softmax(z)) <= math.log(z.size) * (1 + 1e-15)

    def test_certainty_has_none_and_no_sign(self):
        certain = entropy([0.0, 1.0, 0.0])
        assert certain == 0
        assert not np.signbit(certain)

    @pytest.mark.parametrize("n", [1, 2, 3, 1000])
    def test_even_classes_have_the_logarithm_of_n(self, n):
        assert entropy(np.full(n, 1 / n)) == pytest.approx(math.log(n), rel=1e-14)

    @pytest.mark.parametrize(("base", "units"), [(2, 3.0), (8, 1.0), (None, math.log(8))])
    def test_the_base_sets_the_unit(self, base, units):
        assert entropy([1 / 8] * 8, base=base) == pytest.approx(units, rel=1e-15)

    @pytest.mark.parametrize("axis", [0, 1, 2])
    def test_any_axis_is_that_axis(self, axis):
        p = softmax(np.random.default_rng(2).normal(size=(2, 3, 4)), axis=axis)
        moved = entropy(np.moveaxis(p, axis, -1))
        np.testing.assert_allclose(entropy(p, axis=axis), moved, rtol=1e-14)

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype(self, dtype):
        assert entropy(np.array([0.25, 0.75], dtype)).dtype == dtype

    def test_float16_is_rounded_once(self):
        p = distributions(3, 1).astype(np.float16)
        exact = [float(entropy_exact(row)) for row in p]
        np.testing.assert_array_equal(entropy(p), np.float16(exact))

    def test_an_empty_batch_gives_an_empty_result(self):
        assert entropy(np.empty((0, 3))).shape == (0,)

    def test_one_row_gives_a_number(self):
        assert isinstance(entropy([0.5, 0.5]), np.floating)
        assert isinstance(kl_divergence([0.5, 0.5], [0.5, 0.5]), np.floating)

    def test_float16_of_many_classes_is_added_in_wider_floats(self):
        p = np.full(20_000, 1 / 20_000, np.float16)  # in float16 the sum would stay below 1
        assert entropy(p) == pytest.approx(math.log(20_000), rel=1e-2)

    @given(rows, st.floats(0.1, 5), st.floats(1.1, 5))
    def test_heat_never_lowers_it(self, z, cold, factor):
        cool, hot = (entropy(softmax(z, temperature=t)) for t in (cold, cold * factor))
        assert hot >= cool - 1e-14


class TestKlDivergence:
    @pytest.mark.parametrize("scale", [0.1, 1, 10])
    def test_it_is_that_of_mpmath(self, scale):
        for p, q in zip(distributions(3, scale), distributions(4, scale), strict=True):
            exact = float(kl_exact(p, q))
            assert kl_divergence(p, q) == pytest.approx(exact, rel=1e-14, abs=2e-16)

    def test_scipy_agrees(self):
        p, q = distributions(5, 1), distributions(6, 1)
        np.testing.assert_allclose(
            kl_divergence(p, q), scipy.special.rel_entr(p, q).sum(-1), rtol=1e-12
        )

    def test_close_distributions_keep_an_absolute_error_of_rounding(self):
        p = np.array([0.3, 0.7])
        q = np.array([0.3 + 1e-9, 0.7 - 1e-9])
        exact = float(kl_exact(p, q))
        assert abs(kl_divergence(p, q) - exact) <= 1e-16

    @given(rows)
    def test_it_is_0_for_equal_distributions(self, z):
        assert kl_divergence(softmax(z), softmax(z)) == 0

    @given(arrays(np.float64, (2, 4), elements=st.floats(-30, 30)))
    def test_it_is_never_negative(self, z):
        assert kl_divergence(*softmax(z)) >= 0

    @pytest.mark.parametrize(
        ("p", "q", "divergence"),
        [
            ([0.5, 0.5], [1, 0], INF),
            ([1, 0], [0.5, 0.5], math.log(2)),
            ([1, 0], [1, 0], 0),
            ([1, 0], [0, 1], INF),
            ([0.5, 0.5], [1 - 5e-324, 5e-324], 0.5 * math.log(0.5) * 2 + 0.5 * 744.4400719213812),
        ],
    )
    def test_zeros_are_limits(self, p, q, divergence):
        assert kl_divergence(p, q) == pytest.approx(divergence, rel=1e-14)

    def test_bits_are_nats_over_log_2(self):
        p, q = [0.25, 0.75], [0.5, 0.5]
        bits = kl_divergence(p, q, base=2)
        assert bits * math.log(2) == pytest.approx(kl_divergence(p, q), rel=1e-15)

    def test_p_and_q_broadcast(self):
        p, q = distributions(7, 1), np.full(5, 0.2)
        both = kl_divergence(p, q)
        np.testing.assert_array_equal(both, [kl_divergence(row, q) for row in p])
        assert kl_divergence(q, p[:, None]).shape == (100, 1)

    def test_an_axis_counts_in_the_array_with_more_axes(self):
        p = softmax(np.random.default_rng(8).normal(size=(4, 3)), axis=0)
        q = np.full((4, 1), 0.25)
        np.testing.assert_allclose(
            kl_divergence(p, q, axis=0), kl_divergence(p.T, np.full(4, 0.25)), rtol=1e-14
        )

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_the_wider_dtype_is_kept(self, dtype):
        narrow, wide = np.array([0.25, 0.75], dtype), np.array([0.5, 0.5])
        assert kl_divergence(narrow, narrow).dtype == dtype
        assert kl_divergence(narrow, wide).dtype == np.float64

    def test_float16_is_rounded_once(self):
        p, q = (distributions(seed, 1).astype(np.float16) for seed in (3, 4))
        exact = [float(kl_exact(*pair)) for pair in zip(p, q, strict=True)]
        np.testing.assert_array_equal(kl_divergence(p, q), np.float16(exact))


class TestLogRatio:
    @pytest.mark.parametrize("step", [1e-3, 1e-9, 1e-15, -1e-9])
    def test_near_1_it_keeps_its_digits(self, step):
        p, q = np.array([0.3 + step]), np.array([0.3])
        want = float(mpmath.log(mpf(p[0]) / mpf(q[0])))
        np.testing.assert_allclose(log_ratio(p, q), want, rtol=1e-15)


class TestCrossEntropy:
    LOGITS = np.random.default_rng(9).normal(0, 3, (50, 4))
    LABELS = np.random.default_rng(10).integers(4, size=50)

    @pytest.mark.parametrize("temperature", [0.7, 1, 5])
    def test_indices_give_minus_the_log_probability(self, temperature):
        loss = cross_entropy(self.LOGITS, self.LABELS, temperature=temperature)
        exact = [
            -log_softmax_exact(row, temperature)[label]
            for row, label in zip(self.LOGITS, self.LABELS, strict=True)
        ]
        np.testing.assert_allclose(loss, np.array(exact, float), rtol=1e-14)

    def test_a_loss_near_0_is_not_0(self):
        assert cross_entropy([0.0, -37.0], 0) == pytest.approx(8.533047625744066e-17, rel=1e-14)

    def test_a_distribution_gives_the_mean_loss(self):
        y = distributions(11, 1)[:50, :4]
        y = y / y.sum(-1, keepdims=True)
        expected = -(y * log_softmax(self.LOGITS)).sum(-1)
        np.testing.assert_allclose(cross_entropy(self.LOGITS, y), expected, rtol=1e-13)

    def test_one_hot_labels_are_indices(self):
        onehot = np.eye(4)[self.LABELS]
        np.testing.assert_allclose(
            cross_entropy(self.LOGITS, onehot), cross_entropy(self.LOGITS, self.LABELS), rtol=1e-15
        )

    def test_the_shape_tells_labels_apart_even_for_integers(self):
        one_hot = np.array([[0, 1], [1, 0]])
        np.testing.assert_array_equal(
            cross_entropy([[0.0, 1.0], [2.0, 0.0]], one_hot),
            cross_entropy([[0.0, 1.0], [2.0, 0.0]], [1, 0]),
        )

    @pytest.mark.parametrize("dtype", ["u1", "u8", ">i4"])
    def test_class_indices_are_integers_of_every_kind(self, dtype):
        labels = np.array(self.LABELS, dtype)
        np.testing.assert_array_equal(
            cross_entropy(self.LOGITS, labels), cross_entropy(self.LOGITS, self.LABELS)
        )

    def test_there_may_be_more_classes_than_small_integers_count(self):
        z = np.random.default_rng(12).normal(size=(3, 70_000))
        labels = [200, 40_000, 69_999]
        np.testing.assert_array_equal(cross_entropy(z, labels), -log_softmax(z)[[0, 1, 2], labels])

    def test_float16_is_rounded_once(self):
        z, y = self.LOGITS.astype(np.float16), np.tile([0.1, 0.2, 0.3, 0.4], (50, 1))
        wide = cross_entropy(z.astype(np.float32), y)
        np.testing.assert_array_equal(cross_entropy(z, y), wide.astype(np.float16))

    @given(arrays(np.float64, (2, 4), elements=st.floats(-20, 20)))
    def test_it_is_entropy_plus_divergence(self, z):
        y, p = softmax(z)
        assert cross_entropy(z[1], y) == pytest.approx(
            entropy(y) + kl_divergence(y, p), rel=1e-12, abs=1e-14
        )

    def test_an_impossible_label_costs_everything_an_absent_one_nothing(self):
        z = [0.0, 0.0, -INF]
        assert cross_entropy(z, 2) == INF
        assert cross_entropy(z, [0.5, 0.5, 0.0]) == pytest.approx(math.log(2))
        assert cross_entropy(z, [0.5, 0.0, 0.5]) == INF

    def test_certainty_has_loss_0_without_a_sign(self):
        loss = cross_entropy([0.0, -INF], 0)
        assert loss == 0
        assert not np.signbit(loss)

    def test_one_temperature_for_each_row(self):
        t = np.array([0, 0.5, INF])
        got = cross_entropy(self.LOGITS[:3], self.LABELS[:3], temperature=t)
        alone = [
            cross_entropy(*case, temperature=one)
            for *case, one in zip(self.LOGITS, self.LABELS, t, strict=False)
        ]
        np.testing.assert_allclose(got, alone, rtol=1e-15)

    def test_rows_without_a_distribution_are_nan_and_silent(self):
        loss = cross_entropy([[NAN, 0.0], [-INF, -INF], [0.0, 0.0]], [0, 0, 0])
        np.testing.assert_array_equal(np.isnan(loss), [True, True, False])

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype(self, dtype):
        assert cross_entropy(np.zeros((2, 3), dtype), [0, 1]).dtype == dtype

    def test_one_row_gives_a_scalar_and_no_rows_none(self):
        assert np.ndim(cross_entropy([0.0, 1.0], 0)) == 0
        assert cross_entropy(np.empty((0, 3)), np.empty(0, int)).shape == (0,)

    def test_several_temperatures_of_one_row_give_a_loss_each(self):
        losses = cross_entropy([0.0, math.log(3)], 1, temperature=[0.5, 1])
        np.testing.assert_allclose(losses, [-math.log(0.9), -math.log(0.75)], rtol=1e-14)


class TestOracles:
    def test_ulps_count_steps_between_floats(self):
        assert ulps(np.array([1.0]), [mpf(1) + 3 * mpf(2) ** -52])[0] == 3
        assert ulps(np.array([5e-324]), [mpf(0)])[0] == 1
