import math
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mpmath import mpf

from oracles import log_softmax_exact, logsumexp_exact, scaled_exactly, softmax_exact, ulps
from softdial import log_softmax, logsumexp, normalize, softmax
from softdial.normalize import reduced

INF, NAN = np.inf, np.nan
LIMITS = [0, -0.0, 5e-324, 1e-300, 0.5, 0.7, 1, 5, 1e39, 1e308, INF]
DTYPES = [np.float16, np.float32, np.float64]

# Hostile rows: far offsets, extremes, dominated rows, ties, denormals.
ROWS = {
    "plain": [0.3, -1.2, 2.5, 0.0],
    "offset 1e4": [1e4 + 0.1, 1e4 - 1.7, 1e4 + 2.3],
    "offset 1e6": [1e6 + 0.3, 1e6 - 2.1, 1e6 + 1.9],
    "negative offset": [-1e6, -1e6 - 3.3, -1e6 + 0.7],
    "dominated": [0.0, -37.0, -50.0],
    "far apart": [0.0, -700.0, -740.0],
    "tied": [1.0, 1.0, -2.0],
    "huge": [1e308, 9e307, -1e308],
    "denormal": [5e-324, 0.0, -5e-324],
}


def grid(seed=0, rows=200, width=6, offset=1e6):
    """Rows of scores, dense and far apart, around zero and around offsets."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(rows, width)) * rng.choice([0.1, 1, 3, 10, 30], (rows, 1))
    return scores + rng.choice([0, offset / 100, -offset], (rows, 1))


def distances(row, temperature):
    """How far each logit lies below the largest, in units of T."""
    return np.array([-float(z) for z in scaled_exactly(row, temperature)])


def softmax_bound(row, temperature):
    """What the docstring of softmax promises, in ulp of each entry."""
    return len(row) + 2 + roundings(row) * distances(row, temperature)


def roundings(row):
    """How many roundings exp magnifies: the gap, the quotient, and T in narrow types."""
    return 2 if np.asarray(row).dtype == np.float64 else 3


def log_softmax_bound(row, temperature):
    """What the docstring of log_softmax promises, in ulp of each entry."""
    z = distances(row, temperature)
    winner = np.arange(z.size) == z.argmin()
    return 3 * z.size / 2 + 2 + roundings(row) * winner * np.partition(z, 1)[1]


def logsumexp_bound(row, exact):
    """What the docstring of logsumexp promises."""
    lead = min(np.partition(distances(row, 1), 1)[1], 745)  # beyond, the others are 0
    return (3 * len(row) / 2 + 2 + lead) * np.spacing(
        np.abs(row.dtype.type([exact, row.max()]))
    ).sum()


def hard(n, dtype):
    """Rows whose winner leads by about log 2, or whose terms nearly cancel it, side by side."""
    rng, rows = np.random.default_rng(n), 60
    lead = -np.log(rng.uniform(1.8, 2.2, (rows, 1)))
    others = np.sort(lead - rng.exponential(2, (rows, n - 2)))
    near = np.concatenate([np.zeros((rows, 1)), lead, others], axis=1)
    first = 10.0 ** rng.uniform(-12, 0, (rows, 1))
    rest = np.log(np.expm1(first) / (n - 1)) + rng.normal(size=(rows, n - 1)) / 10
    return np.concatenate([near, np.concatenate([-first, rest], axis=1)]).astype(dtype)


def scaled_first(row, temperature):
    """What others do: divide, then subtract the maximum."""
    z = row / temperature
    e = np.exp(z - z.max())
    return e / e.sum()


finite = st.floats(-1e3, 1e3).map(lambda x: x + 0.0)
rows = arrays(np.float64, st.integers(1, 8), elements=finite)
temperatures = st.floats(0.01, 100)


class TestSoftmax:
    @pytest.mark.parametrize("temperature", [0.5, 0.7, 1, 5])
    def test_each_entry_is_as_exact_as_promised(self, temperature):
        for row in grid():
            got = softmax(row, temperature=temperature)
            error = ulps(got, softmax_exact(row, temperature))
            assert (error <= softmax_bound(row, temperature)).all(), row

    @pytest.mark.parametrize("temperature", [1e-46, 0.5, 0.7, 1, 5, 1e39, 1e308])
    @pytest.mark.parametrize("name", ROWS)
    def test_hostile_rows_are_right_at_every_temperature(self, name, temperature):
        row = np.array(ROWS[name])
        error = ulps(softmax(row, temperature=temperature), softmax_exact(row, temperature))
        assert (error <= softmax_bound(row, temperature)).all()

    @pytest.mark.parametrize("temperature", [0.53, 0.7])
    @pytest.mark.parametrize(("dtype", "offset"), [(np.float32, 1e4), (np.float16, 100)])
    def test_narrow_floats_keep_their_exactness(self, dtype, offset, temperature):
        for row in grid(rows=50, offset=offset).astype(dtype):
            error = ulps(softmax(row, temperature=temperature), softmax_exact(row, temperature))
            assert (error <= softmax_bound(row, temperature)).all(), row

    def test_a_temperature_that_float32_rounds_costs_digits(self):
        row = np.float32([1.5090395212173462, -33.02790451049805])
        error = ulps(softmax(row, temperature=0.53), softmax_exact(row, 0.53))
        assert (error <= softmax_bound(row, 0.53)).all()
        assert (error > softmax_bound(row.astype(float), 0.53)).any()

    @pytest.mark.parametrize("n", [2, 10, 32])
    def test_few_classes_are_divided_by_the_sum_that_is_rounded_once(self, n):
        row = np.random.default_rng(n).normal(size=(50, n))
        for z in row - row.max(axis=1, keepdims=True):
            e = np.exp(z)
            np.testing.assert_array_equal(softmax(z), e / math.fsum(e))

    def test_an_offset_of_1e4_costs_less_than_10_ulp(self):
        row = 1e4 + np.random.default_rng(1).normal(size=1000)
        exact = softmax_exact(row, 0.7)

        assert ulps(softmax(row, temperature=0.7), exact).max() <= 10
        assert ulps(scaled_first(row, 0.7), exact).max() > 5000  # the check can fail

    def test_scipy_agrees(self):
        x = grid()
        np.testing.assert_allclose(softmax(x), scipy.special.softmax(x, axis=-1), rtol=1e-13)

    @given(rows, temperatures)
    def test_entries_are_probabilities_that_sum_to_1(self, row, temperature):
        p = softmax(row, temperature=temperature)
        assert ((p >= 0) & (p <= 1)).all()
        assert math.isclose(math.fsum(p), 1, rel_tol=1e-14)

    @given(st.lists(st.integers(-99, 99), min_size=1, max_size=6), st.integers(-(2**40), 2**40))
    def test_shifting_all_logits_changes_nothing(self, row, shift):
        row = np.array(row, dtype=float)
        np.testing.assert_array_equal(softmax(row + shift), softmax(row))

    @given(rows, temperatures)
    def test_temperature_is_a_division_of_the_logits(self, row, temperature):
        np.testing.assert_allclose(
            softmax(row, temperature=temperature),
            softmax(row / temperature),
            rtol=1e-9,
            atol=1e-300,
        )

    @given(rows, temperatures)
    def test_the_order_of_the_logits_is_kept(self, row, temperature):
        p = softmax(row, temperature=temperature)[np.argsort(row, kind="stable")]
        assert (np.diff(p) >= 0).all()

    @given(rows, temperatures, st.randoms())
    def test_permuted_logits_give_permuted_probabilities(self, row, temperature, random):
        order = list(range(len(row)))
        random.shuffle(order)
        np.testing.assert_allclose(
            softmax(row[order], temperature=temperature),
            softmax(row, temperature=temperature)[order],
            rtol=1e-14,
        )

    @given(st.floats(-20, 20), st.floats(-20, 20), st.floats(0.1, 10))
    def test_odds_are_raised_to_the_power_one_over_t(self, a, b, temperature):
        odds = np.divide(*softmax([a, b]))
        bent = np.divide(*softmax([a, b], temperature=temperature))
        assert math.isclose(math.log(bent), math.log(odds) / temperature, abs_tol=1e-11)

    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("zero", [0, 0.0, -0.0, np.float32(0), np.float64(-0.0)])
    def test_at_0_the_largest_share_all(self, zero, dtype):
        z = np.array([1, 3, 3, -INF], dtype)
        np.testing.assert_array_equal(softmax(z, temperature=zero), [0, 0.5, 0.5, 0])

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_at_infinity_all_possible_are_even(self, dtype):
        z = np.array([1, 3, 500, -INF], dtype)
        third = dtype(1) / dtype(3)
        np.testing.assert_array_equal(softmax(z, temperature=INF), [third, third, third, 0])

    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("temperature", [5e-324, 1e-46])
    def test_near_0_it_is_the_limit(self, temperature, dtype):
        z = np.array([1, 3, 3, 2], dtype)
        np.testing.assert_array_equal(softmax(z, temperature=temperature), [0, 0.5, 0.5, 0])

    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("temperature", [1e39, 1e308])
    def test_near_infinity_it_is_even(self, temperature, dtype):
        z = np.array([1, 3, -50, -INF], dtype)
        np.testing.assert_allclose(
            softmax(z, temperature=temperature), [1 / 3, 1 / 3, 1 / 3, 0], rtol=1e-3
        )

    @pytest.mark.parametrize(("gap", "temperature"), [(3e38, 1e39), (1e-44, 1e-43)])
    def test_a_temperature_beyond_float32_is_no_limit_for_gaps_as_extreme(self, gap, temperature):
        z = np.array([gap, 0], np.float32)
        odds = np.exp(float(z[0]) / temperature)
        p = softmax(z, temperature=temperature)
        np.testing.assert_allclose(p, [odds / (1 + odds), 1 / (1 + odds)], rtol=1e-6)

    def test_differences_beyond_the_range_of_floats_are_right(self):
        p = softmax([1e308, -1e308], temperature=1e308)
        np.testing.assert_allclose(p, [0.8807970779778823, 0.11920292202211755], rtol=1e-15)
        p = softmax(np.array([3e38, -3e38], np.float32), temperature=3e38)
        np.testing.assert_allclose(p, [0.8807970779778823, 0.11920292202211755], rtol=1e-6)

    @pytest.mark.parametrize("temperature", LIMITS)
    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("bad", [[-INF, -INF], [INF, 0], [NAN, 0], [INF, -INF]])
    def test_a_row_without_a_distribution_is_nan_and_silent(self, bad, dtype, temperature):
        z = np.array([[0, 1], bad, [2, 2]], dtype)
        p = softmax(z, temperature=temperature)
        np.testing.assert_array_equal(np.isnan(p), [[False] * 2, [True] * 2, [False] * 2])
        np.testing.assert_array_equal(p[[0, 2]], softmax(z[[0, 2]], temperature=temperature))

    def test_one_class_is_certain(self):
        np.testing.assert_array_equal(softmax([[7.0], [-1e308]]), [[1.0], [1.0]])

    @pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
    def test_any_axis_is_that_axis(self, axis):
        z = np.random.default_rng(2).normal(size=(3, 4, 5))
        moved = softmax(np.moveaxis(z, axis, -1), temperature=0.7)
        np.testing.assert_allclose(
            softmax(z, temperature=0.7, axis=axis), np.moveaxis(moved, -1, axis), rtol=1e-14
        )

    @pytest.mark.parametrize("axis", [0, 1])
    def test_one_temperature_for_each_distribution_of_a_square(self, axis):
        z = np.array([[0.0, 1, 2], [3, 1, 0], [0, 0, 5]])
        t = [0.5, 1, 5]
        rows = z if axis == 1 else z.T
        alone = np.stack([softmax(row, temperature=one) for row, one in zip(rows, t, strict=True)])
        got = softmax(z, temperature=t, axis=axis)
        np.testing.assert_allclose(got, alone if axis == 1 else alone.T, rtol=1e-15)

    def test_temperatures_broadcast_to_the_batch(self):
        z = np.random.default_rng(3).normal(size=(2, 3, 4))
        t = np.array([0, 1, INF])
        for batch in (0, 1):
            np.testing.assert_array_equal(
                softmax(z, temperature=t)[batch], softmax(z[batch], temperature=t)
            )

    @pytest.mark.parametrize("axis", [0, -1])
    def test_the_only_axis_of_a_vector_holds_the_classes_by_either_name(self, axis):
        z, t = [0.0, 1.0, 2.0], [0.5, 1, 5]
        expected = [softmax(z, temperature=one) for one in t]
        np.testing.assert_allclose(softmax(z, temperature=t, axis=axis), expected, rtol=1e-15)

    def test_a_vector_of_logits_gives_a_row_for_each_temperature(self):
        p = softmax([0.0, math.log(3)], temperature=[0.5, 1, 5])
        np.testing.assert_allclose(p[:, 1], [0.9, 0.75, 3**0.2 / (1 + 3**0.2)], rtol=1e-15)
        assert softmax([0.0, 1.0], temperature=np.empty(0)).shape == (0, 2)

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype_whatever_the_temperature(self, dtype):
        z = np.ones((2, 3), dtype)
        for t in (1, np.float64(0.3), np.array([1.0, 2.0])):
            assert softmax(z, temperature=t).dtype == dtype

    @pytest.mark.parametrize("values", [[True, False], [1, 0], np.array([1, 0], np.int8)])
    def test_integers_and_booleans_are_computed_in_float64(self, values):
        p = softmax(values)
        assert p.dtype == np.float64
        np.testing.assert_array_equal(p, softmax([1.0, 0.0]))

    def test_int8_does_not_wrap_around(self):
        np.testing.assert_array_equal(softmax(np.array([127, -128], np.int8))[0], 1.0)

    def test_foreign_byte_order_becomes_native(self):
        swapped = np.array([0.0, 1.0]).astype(">f8")
        assert softmax(swapped).dtype == np.float64
        np.testing.assert_array_equal(softmax(swapped), softmax([0.0, 1.0]))

    def test_layout_does_not_matter_and_inputs_stay(self):
        z = np.random.default_rng(4).normal(size=(6, 8))
        z.flags.writeable = False
        before = z.copy()
        for view in (z, z[::2, ::3], z[:, ::-1], np.asfortranarray(z), z.T):
            np.testing.assert_allclose(softmax(view), softmax(view.copy("C")), rtol=1e-15)
        np.testing.assert_array_equal(z, before)

    def test_an_empty_batch_gives_an_empty_result(self):
        assert softmax(np.empty((0, 3))).shape == (0, 3)
        assert softmax(np.empty((2, 0, 3)), temperature=0.5).shape == (2, 0, 3)

    def test_longdouble_is_not_added_as_float64(self):
        z = np.array([0, 1, 2], np.longdouble)
        expected = np.exp(z) / np.exp(z).sum()
        np.testing.assert_allclose(softmax(z), expected, rtol=8 * np.finfo(z.dtype).eps)

    def test_float32_sums_over_another_axis_are_exact_too(self):
        z = np.zeros((100_000, 2), np.float32)
        assert softmax(z, axis=0)[0, 0] == np.float32(1e-5)


class TestSideBySide:
    """Rows of few classes, each made to lose what the docstrings allow, as a batch."""

    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch):
        monkeypatch.setattr(normalize, "SMALL", 0)

    def test_a_sum_just_above_its_branch_loses_what_is_promised_of_20_classes(self):
        # each other term is lost, and the logarithm of 1.5 magnifies the loss
        row = np.full(20, np.log(0.999 * 2.0**-53))
        row[:2] = 0, -np.log(2) + 2e-16
        exact = logsumexp_exact(row)
        got = logsumexp(np.stack([row, row]))[0]
        assert 20 + 3 + np.log(2) < ulps(got, [exact])[0]
        assert abs(float(got - exact)) <= logsumexp_bound(row, exact)

    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    @pytest.mark.parametrize("n", [2, 3, 7, 20])
    def test_each_row_is_as_exact_as_promised(self, n, dtype):
        z = hard(n, dtype)
        for row, got in zip(z, softmax(z, temperature=0.7), strict=True):
            assert (ulps(got, softmax_exact(row, 0.7)) <= softmax_bound(row, 0.7)).all()
        for row, got in zip(z, log_softmax(z, temperature=0.7), strict=True):
            assert (ulps(got, log_softmax_exact(row, 0.7)) <= log_softmax_bound(row, 0.7)).all()
        for row, got in zip(z, logsumexp(z), strict=True):
            exact = logsumexp_exact(row)
            assert abs(float(got - exact)) <= logsumexp_bound(row, exact)

    def test_more_classes_lose_more(self):
        z = hard(20, np.float32)
        errors = [
            (ulps(got, softmax_exact(row)) - 2 * distances(row, 1)).max()
            for row, got in zip(z, softmax(z), strict=True)
        ]
        assert max(errors) > 2 + 2  # what is promised of two classes


class TestManyClasses:
    """What the docstring of softmax says of long sums, on rows made to lose each small term."""

    @staticmethod
    def losses(n, dtype, axis, leaders):
        """Return the errors of softmax, log_softmax and logsumexp, for the first class."""
        low = dtype(np.log(0.95 * np.finfo(dtype).eps / 2))
        row = np.full(n, low)
        row[:leaders] = 0
        total = leaders + (n - leaders) * mpmath.exp(mpf(float(low)))
        z = row if axis == -1 else np.repeat(row[:, None], 8, axis=1)
        got = [softmax(z, axis=axis), log_softmax(z, axis=axis), logsumexp(z, axis=axis)]
        exact = [1 / total, -mpmath.log(total), mpmath.log(total)]
        return [ulps(some.flat[0], [true])[0] for some, true in zip(got, exact, strict=True)]

    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    @pytest.mark.parametrize("n", [8, 128, 4096, 128_256])
    @pytest.mark.parametrize(("axis", "bound"), [(-1, 30), (0, 130)])
    def test_the_sum_loses_no_more_than_told(self, n, dtype, axis, bound):
        for leaders in (1, 2):
            assert max(self.losses(n, dtype, axis, leaders)) <= bound

    def test_each_level_of_pieces_may_lose_as_much_again(self):
        # on three levels what is added to the leader is lost; the second keeps it below 1
        row, steps = np.full(64**3, -INF), np.arange(1, 64)
        row[np.r_[steps, 64 * steps, 64**2 * steps]] = np.log(0.95 * 2**-53)
        row[:2] = 0, -14
        exact = 1 / mpmath.fsum(mpmath.exp(mpf(float(z))) for z in row[row > -INF])
        got = softmax(np.repeat(row[:, None], 2, axis=1), axis=0)[0, 0]
        assert 130 < ulps(got, [exact])[0] <= 190

    @pytest.mark.parametrize("axis", [-1, 0])
    def test_it_loses_more_than_few_classes_do(self, axis):
        assert self.losses(128, np.float64, axis, leaders=1)[0] > 5
        assert min(self.losses(128, np.float64, axis, leaders=2)[1:]) > 4


class TestLogSoftmax:
    @pytest.mark.parametrize("temperature", [0.1, 0.7, 1, 5])
    def test_each_entry_is_as_exact_as_promised(self, temperature):
        for row in grid(seed=5):
            got = log_softmax(row, temperature=temperature)
            error = ulps(got, log_softmax_exact(row, temperature))
            assert (error <= log_softmax_bound(row, temperature)).all(), row

    def test_the_logarithm_of_softmax_is_not_as_exact(self):
        row = [0.0, -30.0]
        error = ulps(np.log(softmax(row)), log_softmax_exact(row))
        assert (error > log_softmax_bound(row, 1)).any()

    @pytest.mark.parametrize(
        "row",
        [[0.0, -37.0], [0.0, -40.0, -50.0], [0.0, -700.0], [1e4, 1e4 - 45.0], [3.0, 3.0, -60.0]],
    )
    def test_the_winner_of_a_one_sided_row_keeps_its_digits(self, row):
        assert ulps(log_softmax(row), log_softmax_exact(row)).max() <= 2

    @pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
    def test_the_winner_keeps_its_digits_along_any_axis(self, axis):
        z = -40.0 * np.indices((3, 3, 3))[axis]
        got = np.moveaxis(log_softmax(z, axis=axis), axis, 0)[0]
        np.testing.assert_allclose(got, -math.exp(-40), rtol=1e-15)

    def test_the_known_case_is_not_0(self):
        assert math.isclose(log_softmax([0, -37])[0], -8.533047625744066e-17, rel_tol=1e-15)
        assert scipy.special.log_softmax([0.0, -37.0])[0] == 0  # the check can fail

    @given(rows, temperatures)
    def test_it_is_the_logarithm_of_softmax(self, row, temperature):
        log_p = log_softmax(row, temperature=temperature)
        np.testing.assert_allclose(
            np.exp(log_p), softmax(row, temperature=temperature), rtol=1e-11, atol=1e-300
        )

    @given(rows)
    def test_its_logsumexp_is_0(self, row):
        assert abs(logsumexp(log_softmax(row))) <= 1e-15

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_at_0_winners_share_and_others_are_impossible(self, dtype):
        got = log_softmax(np.array([1, 3, 3, -INF], dtype), temperature=0)
        np.testing.assert_array_equal(got, [-INF, -dtype(np.log(2)), -dtype(np.log(2)), -INF])

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_at_infinity_all_possible_are_even(self, dtype):
        got = log_softmax(np.array([1, 3, 500, -INF], dtype), temperature=INF)
        np.testing.assert_allclose(got, [-math.log(3)] * 3 + [-INF], rtol=1e-3)

    @pytest.mark.parametrize("temperature", LIMITS)
    @pytest.mark.parametrize("bad", [[-INF, -INF], [INF, 0], [NAN, 0]])
    def test_a_row_without_a_distribution_is_nan_and_silent(self, bad, temperature):
        got = log_softmax([[0.0, 1.0], bad], temperature=temperature)
        np.testing.assert_array_equal(np.isnan(got), [[False] * 2, [True] * 2])

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype(self, dtype):
        assert log_softmax(np.ones((2, 3), dtype), axis=0).dtype == dtype

    def test_scipy_agrees(self):
        x = grid(seed=6)
        theirs = scipy.special.log_softmax(x, axis=-1)
        np.testing.assert_allclose(log_softmax(x), theirs, rtol=1e-12, atol=1e-12)

    @pytest.mark.parametrize("t", [1.5, 2.0, 4.0])
    def test_a_gap_that_leaves_the_range_comes_back_by_temperature(self, t):
        np.testing.assert_allclose(
            log_softmax([1e308, -1e308], temperature=t), [0, -1e308 / t * 2], rtol=1e-15
        )


class TestLogsumexp:
    @pytest.mark.parametrize("name", ROWS)
    def test_it_is_as_exact_as_promised(self, name):
        row = np.array(ROWS[name])
        exact = logsumexp_exact(row)
        assert abs(float(logsumexp(row) - exact)) <= logsumexp_bound(row, exact)

    def test_a_dominated_sum_keeps_its_digits(self):
        assert math.isclose(logsumexp([0.0, -40.0, -50.0]), 4.2485472e-18, rel_tol=1e-7)

    @given(arrays(np.float64, (3, 4), elements=finite))
    def test_scipy_agrees(self, x):
        for axis in (0, 1):
            np.testing.assert_allclose(
                logsumexp(x, axis=axis), scipy.special.logsumexp(x, axis=axis), rtol=1e-13
            )

    @pytest.mark.parametrize(
        ("terms", "total"),
        [([], -INF), ([-INF, -INF], -INF), ([INF, 0.0], INF), ([1000.0] * 2, 1000 + math.log(2))],
    )
    def test_limits_are_those_of_a_sum(self, terms, total):
        assert logsumexp(np.array(terms)) == total

    def test_nan_stays_in_its_row(self):
        np.testing.assert_array_equal(logsumexp([[NAN, 0.0], [0.0, -INF]]), [NAN, 0.0])

    def test_of_one_row_the_result_is_a_number(self):
        assert isinstance(logsumexp([0.0, 1.0]), np.floating)

    @pytest.mark.parametrize(("keepdims", "shape"), [(False, (2, 4)), (True, (2, 1, 4))])
    def test_the_axis_goes_or_stays_with_length_1(self, keepdims, shape):
        assert logsumexp(np.ones((2, 3, 4)), axis=1, keepdims=keepdims).shape == shape

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype(self, dtype):
        assert logsumexp(np.ones(3, dtype)).dtype == dtype

    def test_no_terms_in_a_batch(self):
        np.testing.assert_array_equal(logsumexp(np.empty((2, 0))), [-INF, -INF])
        assert logsumexp(np.empty((0, 2))).shape == (0,)


def layouts(shape, dtype):
    """One large array in every order of memory that views can have."""
    z = (4 * np.random.default_rng(9).normal(size=shape)).astype(dtype)
    doubled = np.repeat(z, 2, axis=-1)
    back = z[::-1].copy()[::-1]
    middle = z.swapaxes(0, -1).copy().swapaxes(0, -1)
    return [z, np.asfortranarray(z), doubled[..., ::2], back, middle]


def slowly(function, z, axis, **options):
    """The same distribution by distribution, where nothing is shared."""
    return np.apply_along_axis(lambda row: function(row, **options), axis, z)


SHAPES = [
    (3000, 7),
    (7, 3000),
    (600, 300),
    (3, 700, 15),
    (40, 30, 20),
    (20, 8, 5, 9),
    (1, 9000),
    (9000, 1),
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
class TestLarge:
    """Large arrays are computed in blocks and pieces; no one may notice."""

    @pytest.fixture(autouse=True)
    def many_blocks(self, monkeypatch):
        monkeypatch.setattr(normalize, "BLOCK", 4000)
        monkeypatch.setattr(normalize, "BESIDE", 1000)

    def test_every_function_gives_what_it_gives_row_by_row(self, shape, dtype):
        rtol = 64 * np.finfo(dtype).eps
        views = layouts(shape, dtype)
        for axis in range(len(shape)):
            for function in (softmax, log_softmax, logsumexp):
                want = slowly(function, views[0], axis)
                for view in views:
                    got = function(view, axis=axis)
                    assert got.dtype == dtype
                    np.testing.assert_allclose(got, want, rtol=rtol, atol=rtol)

    def test_float16_comes_back_as_float16(self, shape, dtype):
        z = layouts(shape, np.float16)[0]
        for axis in range(len(shape)):
            for function in (softmax, log_softmax, logsumexp):
                narrow, wide = function(z, axis=axis), function(z.astype(dtype), axis=axis)
                assert narrow.dtype == np.float16
                np.testing.assert_allclose(narrow, wide, rtol=1e-3, atol=1e-7)

    def test_rows_without_a_distribution_are_nan_and_alone(self, shape, dtype):
        z = layouts(shape, dtype)[0]
        for axis in range(len(shape)):
            rows = np.moveaxis(z.copy(), axis, -1)
            rows[(0,) * (z.ndim - 1)] = -INF
            rows[(-1,) * (z.ndim - 1) + (0,)] = NAN
            for function in (softmax, log_softmax):
                lost = np.isnan(
                    np.moveaxis(function(np.moveaxis(rows, -1, axis), axis=axis), axis, -1)
                )
                assert lost[(0,) * (z.ndim - 1)].all()
                assert lost[(-1,) * (z.ndim - 1)].all()
                assert lost.sum() == rows.shape[-1] * min(2, lost[..., 0].size)

    def test_each_distribution_has_its_own_temperature(self, shape, dtype):
        rng = np.random.default_rng(10)
        for axis in range(len(shape)):
            z = layouts(shape, dtype)[1]
            t = rng.uniform(0.5, 2, shape[:axis] + shape[axis + 1 :])
            got = np.moveaxis(softmax(z, temperature=t, axis=axis), axis, -1)
            rows = np.moveaxis(z, axis, -1)
            for place in [(0,) * t.ndim, tuple(n // 2 for n in t.shape), (-1,) * t.ndim]:
                want = softmax(rows[place], temperature=t[place])
                np.testing.assert_allclose(got[place], want, rtol=64 * np.finfo(dtype).eps)


class TestComputed:
    ROWS = ((-INF, 1e308, -1e308), (INF, 0.0, 1.0), (0.0, -740.0, NAN))

    def test_what_the_caller_wants_raised_is_not_raised(self):
        with np.errstate(all="raise"):
            for temperature in (0, 1e-300, 1, INF):
                softmax(self.ROWS, temperature=temperature)
            log_softmax(self.ROWS)
            logsumexp(self.ROWS)

    def test_the_settings_of_the_caller_stay(self):
        with np.errstate(all="raise"):
            softmax(self.ROWS)
            with pytest.raises(FloatingPointError):
                np.exp(1000.0)

    def test_threads_do_not_meet(self):
        scores = np.zeros((20, 100_000))  # so many that NumPy lets other threads run meanwhile
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(softmax, scores))
        np.testing.assert_array_equal(results, np.full_like(scores, 1e-5))


class TestByBlocks:
    @pytest.mark.parametrize("function", [softmax, log_softmax])
    def test_one_row_at_many_temperatures_is_as_exact_as_at_one(self, function):
        z = np.random.default_rng(0).normal(0, 4, 1000)
        ts = np.geomspace(0.1, 10, 14)
        alone = [function(z, temperature=t) for t in ts]
        np.testing.assert_array_equal(function(z, temperature=ts), alone)

    def test_a_gap_that_leaves_the_range_comes_back_in_every_row(self):
        p = softmax(np.tile([1e308, -1e308], (5000, 1)), temperature=1e308)
        np.testing.assert_allclose(p[:, 0], 1 / (1 + np.exp(-2)), rtol=1e-15)

    def test_a_batch_of_one_is_taken_beside_no_other(self):
        z = np.random.default_rng(3).normal(size=(1, 64, 100))
        np.testing.assert_allclose(softmax(z, axis=1), slowly(softmax, z, 1), rtol=1e-14)


class TestMemory:
    """What the docstring of softmax says of the memory beside the result, in bytes per entry."""

    PLAIN = 4 * np.random.default_rng(13).normal(size=200_000)
    MASKED = np.where(PLAIN < 4, PLAIN, -INF)
    APART = np.copysign(1.7e308, PLAIN)

    @pytest.mark.parametrize(
        ("row", "temperature", "least", "most"),
        [
            (PLAIN, 0.7, 0, 0.1),
            (PLAIN, 2, 0, 0.1),
            (MASKED, 2, 2, 4.1),
            (PLAIN, 0, 2, 4.1),
            (PLAIN, 5e-324, 2, 4.1),
            (APART, 2, 8, 9.1),
        ],
    )
    def test_it_is_as_told(self, row, temperature, least, most):
        tracemalloc.start()
        result = softmax(row, temperature=temperature)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert least <= (peak - result.nbytes) / row.size <= most


class TestReduced:
    @pytest.mark.parametrize(
        "shape", [(100_000, 3), (5000, 40), (1000, 300), (257, 1), (131, 3), (700, 2, 3)]
    )
    @pytest.mark.parametrize("order", ["C", "F"])
    def test_sums_and_maxima_are_those_of_numpy(self, shape, order):
        x = np.asarray(np.random.default_rng(11).random(shape), order=order)
        np.testing.assert_allclose(reduced(np.add, x, 0), x.sum(0, keepdims=True), rtol=1e-13)
        np.testing.assert_array_equal(reduced(np.maximum, x, 0), x.max(0, keepdims=True))

    @pytest.mark.parametrize("shape", [(128_256, 64), (1_000_000, 10), (4096, 1000)])
    def test_float32_sums_over_the_first_axis_are_nearly_as_exact_as_over_the_last(self, shape):
        x = np.random.default_rng(12).random(shape, np.float32)
        exact = x.sum(axis=0, dtype=np.float64)

        def error(sums):
            return np.abs(sums / exact - 1).max()

        ours = error(reduced(np.add, x, 0)[0])
        assert ours <= 2 * error(np.ascontiguousarray(x.T).sum(axis=-1))
        assert error(x.sum(axis=0)) > 5 * ours  # the check can fail
