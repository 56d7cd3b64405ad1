import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles import softmax_exact
from softdial import min_p, softmax, top_k, top_p, truncation
from softdial.truncation import LONG, bracket, cut, keep, largest

INF, NAN = np.inf, np.nan
DTYPES = [np.float16, np.float32, np.float64]
# few values, so that ties are common
rows = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=7)
TRUNCATIONS = [(top_k, 2), (top_p, 0.6), (min_p, 0.3)]


def kept(logits):
    return [i for i, z in enumerate(logits) if z != -INF]


def lengths(monkeypatch, name):
    """Return a list that fills with the lengths of what a function of NumPy is given."""
    found, call = [], getattr(np, name)

    def noted(x, *how, **more):
        found.append(len(x))
        return call(x, *how, **more)

    monkeypatch.setattr(np, name, noted)
    return found


class TestTopK:
    @given(rows, st.integers(1, 9))
    def test_the_k_largest_stay_and_their_ties(self, row, k):
        threshold = sorted(row, reverse=True)[min(k, len(row)) - 1]
        assert kept(top_k(row, k)) == [i for i, z in enumerate(row) if z >= threshold]

    def test_more_than_there_are_keeps_all(self):
        np.testing.assert_array_equal(top_k([2.0, 1.0], 5), [2.0, 1.0])

    def test_impossible_classes_stay_impossible(self):
        np.testing.assert_array_equal(top_k([-INF, 0.0, -INF], 2), [-INF, 0.0, -INF])

    def test_numpy_integers_are_integers(self):
        np.testing.assert_array_equal(top_k([2.0, 1.0], np.int64(1)), [2.0, -INF])


class TestTopP:
    @given(rows, st.integers(1, 99))
    def test_a_class_stays_while_the_mass_before_it_is_below_p(self, row, percent):
        p, probabilities = Fraction(percent, 100), softmax_exact(row)
        order = sorted(range(len(row)), key=lambda i: (-row[i], i))
        expected, before = [], 0
        for i in order:
            if abs(before - float(p)) < 1e-12:
                return  # a draw between rounding errors
            if before < p:
                expected.append(i)
            before += probabilities[i]
        assert kept(top_p(row, percent / 100)) == sorted(expected)

    def test_equal_probabilities_go_by_index(self):
        np.testing.assert_array_equal(kept(top_p([0.0] * 4, 0.3)), [0, 1])

    def test_in_every_row_of_a_batch(self):
        z = np.array([[0.0, 0, 0, 0], [1, 1, 0, 0], [0, 2, 2, 2]])
        assert [kept(row) for row in top_p(z, 0.3)] == [[0, 1], [0], [1]]

    def test_logits_whose_probabilities_round_to_the_same_still_differ(self):
        z = np.log([1 / 3, 1 / 3, 1 / 3])
        z[2] = np.nextafter(z[2], 0)
        assert kept(top_p(z, 0.1)) == [2]
        assert kept(top_p(np.append(z, [-INF] * 5000), 0.1)) == [2]

    @pytest.mark.parametrize("dtype", [np.float64, np.longdouble])
    @pytest.mark.parametrize("n", [2, 3, 5, 7, 10, 100])
    def test_rounding_adds_no_class_at_an_exact_share(self, n, dtype):
        for few in range(1, n + 1):
            assert len(kept(top_p(np.zeros(n, dtype), few / n))) == few

    @pytest.mark.parametrize("p", [0.25, 0.5, 0.75])
    def test_rounding_adds_no_class_to_hundreds(self, p):
        for n in range(108, 4100, 88):
            assert len(kept(top_p(np.zeros(n), p))) == p * n

    @pytest.mark.parametrize("n", [2000, 5000])
    def test_rounding_adds_no_class_at_the_share_of_some(self, n):
        for seed in range(20):
            z = np.round(3 * np.random.default_rng(seed).normal(size=n))
            falling = np.sort(np.exp(z - z.max()))[::-1]
            share = math.fsum(falling[:512]) / math.fsum(falling)
            assert len(kept(top_p(z, share))) == 512

    def test_a_cut_at_the_end_of_a_part_does_not_trust_a_rough_sum(self):
        z = np.full(20_000, -9.0)
        z[:2000] = np.linspace(0.5, 0, 2000)
        mass = np.cumsum(np.exp(z - 0.5))
        unsure = (1 - mass[1999] / mass[-1]) / 2e4  # half of what rounding to float32 may do
        for side in (1 - unsure, 1 + unsure):
            p = mass[999] / mass[-1] * side
            assert len(kept(top_p(z, p))) == np.searchsorted(mass, p * mass[-1]) + 1

    @pytest.mark.parametrize("few", [1, 5000, 9999, 10_000])
    def test_rounding_adds_no_class_to_many(self, few):
        assert kept(top_p(np.zeros(10_000), few / 10_000)) == list(range(few))

    def test_p_of_1_returns_the_input_unless_it_is_no_distribution(self):
        z = np.array([0.0, -800.0, -INF])
        got = top_p(z, 1)
        np.testing.assert_array_equal(got, z)
        assert not np.shares_memory(got, z)
        assert np.isnan(top_p([[INF, 0.0], [-INF, -INF]], 1)).all()

    def test_the_forgiveness_is_no_larger_than_told(self):
        z = np.log([0.5, 0.3, 0.2])
        assert kept(top_p(z, 0.5)) == [0]
        assert kept(top_p(z, 0.5 * (1 + 40 * 2**-52))) == [0, 1]

    def test_the_best_always_stays(self):
        assert kept(top_p([0.0, 5.0, 5.0], 1e-300)) == [1]

    def test_temperature_before_or_after_is_not_the_same(self):
        z = np.array([3.0, 2.0, 1.0])
        assert kept(top_p(z, 0.8)) == [0, 1]
        assert kept(top_p(z / 0.5, 0.8)) == [0]

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_what_stays_does_not_depend_on_the_dtype(self, dtype):
        z = np.array([3, 2, 1, 0, -1], dtype)
        for p in (0.5, 0.7, 0.9, 0.95, 0.99):
            assert kept(top_p(z, p)) == kept(top_p(z.astype(float), p))

    @pytest.mark.parametrize("seed", range(5))
    def test_ties_of_float16_are_sorted_like_those_of_wider_floats(self, seed):
        z = np.random.default_rng(seed).integers(-3, 3, 4000).astype(np.float16)
        assert kept(top_p(z, 0.966)) == kept(top_p(z.astype(float), 0.966))

    @pytest.mark.parametrize("spread", [0.01, 1, 8])
    def test_many_classes_are_cut_like_few(self, spread):
        z = spread * np.random.default_rng(1).normal(size=(2, 5000))
        z[:, 100:200] = z[:, :1]  # ties
        for p in (0.1, 0.5, 0.9, 0.999):
            for row, got in zip(z, top_p(z, p), strict=True):
                order = np.argsort(-row, kind="stable")
                before = np.cumsum(softmax(row)[order]) - softmax(row)[order]
                assert kept(got) == sorted(order[before < p * (1 - 1e-14)])

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_what_stays_of_many_classes_does_not_depend_on_the_dtype(self, dtype):
        z = (3 * np.random.default_rng(6).normal(size=20_000)).astype(dtype)
        for p in (0.1, 0.5, 0.9):
            assert kept(top_p(z, p)) == kept(top_p(z.astype(float), p))


class TestCut:
    @staticmethod
    def by_sorting(row, limit):
        """Cut a row whose masses are all added up in float64."""
        falling = np.sort(row)[::-1]
        masses = np.exp(falling.astype(float) - falling[0])
        count = np.sum(np.cumsum(masses) - masses < limit * masses.sum())
        return falling[count - 1], count

    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    @pytest.mark.parametrize("spread", [0.01, 1, 8])
    @pytest.mark.parametrize("offset", [0, 1e4])
    @pytest.mark.parametrize("limit", [1e-9, 0.1, 0.5, 0.9, 0.9999])
    def test_a_row_is_cut_where_the_sorted_masses_pass_the_limit(
        self, dtype, spread, offset, limit
    ):
        row = (spread * np.random.default_rng(4).normal(size=50_000) + offset).astype(dtype)
        assert cut(row, limit) == self.by_sorting(row, limit)

    @pytest.mark.parametrize(("spread", "limit"), [(4, 0.5), (4, 0.9), (0.1, 0.9), (0.1, 0.1)])
    def test_few_classes_are_sorted_where_few_stay_or_few_go(self, spread, limit, monkeypatch):
        row = spread * np.random.default_rng(4).normal(size=50_000)
        expected = self.by_sorting(row, limit)
        sizes = lengths(monkeypatch, "sort")
        assert cut(row, limit) == expected
        assert 0 < max(sizes) < 12_500

    @pytest.mark.parametrize(
        "wrong", [(INF, INF), (-INF, -INF), (3.9, 4.0), (-4.0, -3.9), (0.0, 0.0), (-INF, INF)]
    )
    def test_a_misleading_bracket_costs_time_alone(self, wrong, monkeypatch):
        row = np.random.default_rng(5).normal(size=5000)
        monkeypatch.setattr(truncation, "bracket", lambda *_: wrong)
        for limit in (0.001, 0.3, 0.7, 0.9999):
            assert cut(row, limit) == self.by_sorting(row, limit)

    def test_the_unlikely_decide_to_the_last_digits(self):
        row = np.array([0.0] * 10 + [-9.3] * 8000)
        total = 10 + 8000 * np.exp(-9.3)
        for few, shift in ((6, -1e-12), (7, 1e-12)):
            assert cut(row, (6 + shift) / total) == (0.0, few)

    def test_masses_that_vanish_in_float32_are_not_missed(self):
        assert cut(np.array([0.0] * 2 + [-200.0] * 8000), 0.75) == (0.0, 2)

    def test_a_share_that_rounding_has_moved_beyond_all_keeps_all(self):
        assert cut(np.zeros(5000), 1 + 1e-9) == (0.0, 5000)


class TestBracket:
    @pytest.mark.parametrize("spread", [0.01, 1, 8])
    @pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99])
    def test_what_goes_weighs_more_than_what_is_below_the_first_and_less_than_below_the_second(
        self, spread, share
    ):
        rng, right = np.random.default_rng(2), 0
        for _ in range(20):
            row = spread * rng.normal(size=10_000)
            masses = np.exp(row - row.max())
            gone = share * masses.sum()
            low, high = bracket(row, row.max(), gone)
            right += masses[row < low].sum() <= gone <= masses[row < high].sum()
        assert right >= 19

    def test_it_is_narrow_where_the_sample_tells_much(self):
        row = np.random.default_rng(3).uniform(size=100_000)
        low, high = bracket(row, row.max(), 0.5 * np.exp(row - row.max()).sum())
        assert np.mean((row > low) & (row < high)) < 0.2


class TestLargest:
    @pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 500, 4999, 5000])
    @pytest.mark.parametrize("levels", [2, 100, 10**6])
    def test_it_is_what_sorting_finds(self, count, levels):
        row = np.random.default_rng(0).integers(levels, size=5000).astype(float)
        assert largest(row, count) == np.sort(row)[-count]

    def test_few_are_looked_for_among_the_best_of_each_group(self, monkeypatch):
        row = np.random.default_rng(1).normal(size=50_000)
        sizes = lengths(monkeypatch, "partition")
        assert largest(row, 50) == np.sort(row)[-50]
        assert 0 < max(sizes) <= 1024

    def test_nan_does_not_stop_it(self):
        assert largest(np.full(5000, NAN), 10).shape == (1,)


class TestMinP:
    @given(rows, st.integers(0, 100))
    def test_classes_stay_that_are_likely_enough_beside_the_best(self, row, percent):
        probabilities = softmax_exact(row)
        line = max(probabilities) * percent / 100
        if any(abs(p - line) < 1e-12 * p for p in probabilities):
            return  # a draw between rounding errors
        expected = [i for i, p in enumerate(probabilities) if p >= line]
        assert kept(min_p(row, percent / 100)) == expected

    def test_0_keeps_all_and_1_the_best(self):
        np.testing.assert_array_equal(min_p([0.0, -800.0], 0), [0.0, -800.0])
        assert kept(min_p([1.0, 2.0, 2.0], 1)) == [1, 2]

    def test_a_class_on_the_line_stays(self):
        z = np.log([1.0, 0.1, 0.01])
        assert kept(min_p(z, 0.1)) == [0, 1]
        assert kept(min_p(z, 0.01)) == [0, 1, 2]

    @pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble])
    def test_rounding_drops_no_class_on_the_line(self, dtype):
        for p in np.arange(1, 200) / 200:
            assert kept(min_p(np.array([0, np.log(dtype(p))], dtype), p)) == [0, 1]

    @pytest.mark.parametrize("temperature", [0.5, 1, 3])
    def test_heat_before_it_lets_more_classes_in(self, temperature):
        z = np.array([3.0, 2.0, 1.0, 0.0])
        assert len(kept(min_p(z / temperature, 0.2))) == {0.5: 1, 1: 2, 3: 4}[temperature]


class TestKeep:
    @pytest.mark.parametrize("share", [0, 0.01, 0.5, 1])
    @pytest.mark.parametrize("dtype", [*DTYPES, np.longdouble])
    def test_what_stays_is_copied_whether_few_or_many_stay(self, share, dtype):
        rng, limits = np.random.default_rng(0), np.finfo(dtype)
        x = rng.normal(size=2 * LONG).astype(dtype)
        x[::7], x[1::7], x[2::7] = -0.0, limits.max, limits.smallest_subnormal
        x[3::7], x[4::7] = -INF, limits.min
        stays = rng.random(len(x)) < share
        got = keep(x, stays, np.empty_like(x))
        np.testing.assert_array_equal(got, np.where(stays, x, -INF))
        np.testing.assert_array_equal(np.signbit(got)[stays], np.signbit(x)[stays])


@pytest.mark.parametrize(("truncate", "much"), TRUNCATIONS)
class TestAll:
    def test_rows_do_not_see_each_other(self, truncate, much):
        z = np.random.default_rng(0).normal(size=(2, 3, 5))
        got = truncate(z, much)
        for place in np.ndindex(2, 3):
            np.testing.assert_array_equal(got[place], truncate(z[place], much))

    def test_what_stays_is_unchanged_and_softmax_shares_the_rest(self, truncate, much):
        z = np.array([1.5, 2.5, -3.0, 0.0])
        got = truncate(z, much)
        stay = got > -INF
        np.testing.assert_array_equal(got[stay], z[stay])
        np.testing.assert_allclose(
            softmax(got)[stay], softmax(z)[stay] / softmax(z)[stay].sum(), rtol=1e-14
        )

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_floats_keep_their_dtype(self, truncate, much, dtype):
        assert truncate(np.array([2, 1, 0], dtype), much).dtype == dtype

    @pytest.mark.parametrize("bad", [[-INF, -INF], [INF, 0.0], [NAN, 0.0]])
    def test_a_row_without_a_distribution_is_nan_and_silent(self, truncate, much, bad):
        got = truncate([bad, [9.0, 0.0]], much)
        assert np.isnan(got[0]).all()
        assert got[1, 0] == 9

    @pytest.mark.parametrize("order", ["C", "F"])
    def test_long_rows_are_cut_as_all_at_once(self, truncate, much, order, monkeypatch):
        z = np.asarray(3 * np.random.default_rng(0).normal(size=(2, 3, 5000)), order=order)
        z[0, 1, 7], z[1, 0] = NAN, -INF
        got = truncate(z, much)
        monkeypatch.setattr(truncation, "LONG", 10_000)
        np.testing.assert_array_equal(got, truncate(z, much))
        assert np.isnan(got).all(axis=-1).sum() == np.isnan(got).any(axis=-1).sum() == 2

    def test_an_empty_batch_gives_an_empty_result(self, truncate, much):
        assert truncate(np.empty((0, 3)), much).shape == (0, 3)

    def test_the_input_stays_as_it_is(self, truncate, much):
        z = np.array([[2.0, 1.0, 0.0]])
        z.flags.writeable = False
        truncate(z, much)[...] = 0  # the result is the caller's own
        np.testing.assert_array_equal(z, [[2.0, 1.0, 0.0]])

    def test_integers_become_float64(self, truncate, much):
        assert truncate(np.array([2, 1, 0], np.int8), much).dtype == np.float64
