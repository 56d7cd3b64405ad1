import math
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mpf

from oracles import exactly
from softdial import (
    calibration,
    calibration_curve,
    cross_entropy,
    expected_calibration_error,
    fit_temperature,
    softmax,
)

INF, NAN = np.inf, np.nan


def drawn(truth, n=300, classes=4, seed=0):
    """Logits whose labels were drawn at the temperature ``truth``."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 2, (n, classes))
    p = softmax(logits, temperature=truth)
    return logits, (rng.random((n, 1)) < p.cumsum(-1)).argmax(-1)


def optimum(logits, labels):
    """Where the slope of the loss in 1 / T is 0, by mpmath's bisection in 60 digits."""
    rows = [exactly(row) for row in np.asarray(logits)]
    labels = [exactly(row) for row in one_hot(labels, len(rows[0]))]

    def slope(beta):
        total = mpf(0)
        for row, label in zip(rows, labels, strict=True):
            top = max(row)
            weights = [mpmath.exp((x - top) * beta) for x in row]
            total += mpmath.fdot(weights, row) / mpmath.fsum(weights) - mpmath.fdot(label, row)
        return total

    scale = max(abs(x - y) for row in rows for x in row for y in row)
    low, high = mpf("1e-12") / scale, mpf("1e12") / scale
    assert slope(low) < 0 < slope(high)
    while high / low - 1 > mpf("1e-9"):
        middle = mpmath.sqrt(low * high)
        low, high = (low, middle) if slope(middle) > 0 else (middle, high)
    return float(1 / low)


def one_hot(labels, classes):
    labels = np.asarray(labels)
    return labels if labels.ndim == 2 else np.eye(classes)[labels]


def limit(logits, labels):
    """The limit for class indices, or None if an inner temperature fits best; in fractions."""
    rows = [[Fraction(x) for x in row] for row in np.asarray(logits).tolist()]
    pairs = list(zip(rows, np.asarray(labels).tolist(), strict=True))
    if all(len(set(row)) == 1 for row in rows):
        return 1.0
    if all(row[label] == max(row) for row, label in pairs):
        return 0.0
    if sum(row[label] - sum(row) / len(row) for row, label in pairs) <= 0:
        return INF
    return None


def bins_by_hand(p, labels, n_bins):
    """Confidence, accuracy and count of each bin (lo, hi], 0 in the first; plain Python."""
    members = [[] for _ in range(n_bins)]
    for row, label in zip(p, labels, strict=True):
        top = max(row)
        place = next(i for i in range(n_bins) if top <= (i + 1) / n_bins)
        members[place].append((top, list(row).index(top) == label))
    means = [
        [math.fsum(column) / len(bin_) for column in zip(*bin_, strict=True)] if bin_ else None
        for bin_ in members
    ]
    return means, [len(bin_) for bin_ in members]


class TestFitTemperature:
    @pytest.mark.parametrize("truth", [0.3, 1, 4])
    def test_it_is_the_optimum(self, truth):
        logits, labels = drawn(truth, n=60)
        assert fit_temperature(logits, labels) == pytest.approx(optimum(logits, labels), rel=1e-6)

    @settings(deadline=None)
    @given(st.integers(0, 2**32), st.integers(2, 5), st.integers(1, 6))
    def test_it_is_the_optimum_or_the_limit(self, seed, classes, n):
        # few rows of small integers: ties, right answers alone and slopes of 0 are frequent
        rng = np.random.default_rng(seed)
        logits, labels = rng.integers(-2, 3, (n, classes)), rng.integers(classes, size=n)
        if (expected := limit(logits, labels)) is None:
            t = fit_temperature(logits, labels)
            assert t == pytest.approx(optimum(logits, labels), rel=1e-6)
        else:
            with pytest.warns(UserWarning, match=f"returning {expected}"):
                assert fit_temperature(logits, labels) == expected

    @settings(deadline=None, max_examples=40)
    @given(st.integers(0, 2**32))
    def test_it_is_the_optimum_for_rows_of_very_different_sizes(self, seed):
        rng = np.random.default_rng(seed)
        logits = rng.normal(size=(8, 3)) * 10 ** rng.uniform(-3, 3, (8, 1))
        labels = rng.integers(3, size=8)
        assume(limit(logits, labels) is None)
        assert fit_temperature(logits, labels) == pytest.approx(optimum(logits, labels), rel=1e-6)

    def test_it_is_the_optimum_for_distributions(self):
        rng = np.random.default_rng(1)
        logits, soft = rng.normal(0, 2, (40, 3)), rng.dirichlet([1, 1, 1], 40)
        soft = (soft + softmax(logits)) / 2
        assert fit_temperature(logits, soft) == pytest.approx(optimum(logits, soft), rel=1e-6)

    @pytest.mark.parametrize("scale", [1e-300, 1e-3, 1e3, 1e300])
    def test_the_scale_of_the_logits_does_not_matter(self, scale):
        logits, labels = drawn(2)
        plain = fit_temperature(logits, labels)
        assert fit_temperature(logits * scale, labels) == pytest.approx(plain * scale, rel=1e-9)

    def test_an_offset_of_the_logits_does_not_matter(self):
        logits, labels = drawn(2)
        logits = np.round(logits, 3)
        shifted = fit_temperature(logits + 1e4, labels)
        assert shifted == pytest.approx(fit_temperature(logits, labels), rel=1e-9)

    def test_it_finds_the_temperature_that_drew_the_labels(self):
        logits, labels = drawn(2.5, n=20_000)
        assert fit_temperature(logits, labels) == pytest.approx(2.5, rel=0.05)

    @pytest.mark.parametrize("factor", [0.9, 1.1])
    def test_no_temperature_beside_it_has_a_lower_loss(self, factor):
        logits, labels = drawn(2)
        t = fit_temperature(logits, labels)
        least, beside = (
            cross_entropy(logits, labels, temperature=x).mean() for x in (t, t * factor)
        )
        assert least < beside

    def test_two_classes_have_a_formula(self):
        # three of four right at a gap of 4: log-odds of 0.75 are 4 / T
        t = fit_temperature([[4.0, 0.0]] * 4, [0, 0, 0, 1])
        assert t == pytest.approx(4 / math.log(3), rel=1e-12)

    @pytest.mark.parametrize(("right", "t"), [(999, 1e-3), (501, 1e-3), (999, 1e3), (501, 1e3)])
    def test_far_optima_are_found_from_both_sides(self, right, t):
        gap = t * math.log(right / (1000 - right))
        fitted = fit_temperature([[gap, 0.0]] * 1000, [0] * right + [1] * (1000 - right))
        assert fitted == pytest.approx(t, rel=1e-9)

    def test_distributions_are_labels_too(self):
        logits = np.random.default_rng(1).normal(0, 2, (50, 3))
        soft = softmax(logits, temperature=3.0)
        assert fit_temperature(logits, soft) == pytest.approx(3, rel=1e-9)

    @pytest.mark.parametrize("label", [[0.34, 0.33, 0.335], [0.35, 0.33, 0.31]])
    def test_of_labels_that_miss_1_by_a_rounding_it_is_the_optimum_too(self, label):
        row, label = [2.0, 0.0, 1.0], np.array(label, np.float16)
        t = fit_temperature([row], [label])
        beside = cross_entropy(row, label, temperature=t * np.array([0.999, 1, 1.001]))
        assert beside.argmin() == 1

    def test_it_takes_about_ten_passes(self, monkeypatch):
        passes, slopes = [], calibration.slopes
        monkeypatch.setattr(calibration, "slopes", lambda *x: passes.append(x) or slopes(*x))
        for truth in (0.2, 0.5, 1, 2, 5):
            fit_temperature(*drawn(truth))
        assert 5 * 5 <= len(passes) <= 5 * 15

    @pytest.mark.parametrize("scale", [1e-300, 1, 1e300])
    def test_impossible_classes_are_left_out(self, scale):
        logits = [[4 * scale, 0.0, -INF]] * 4
        t = fit_temperature(logits, [0, 0, 0, 1])
        assert t == pytest.approx(4 * scale / math.log(3), rel=1e-12)

    def test_a_row_more_or_less_than_one_axis_makes_no_difference(self):
        logits, labels = drawn(2, n=60)
        folded = fit_temperature(logits.reshape(3, 20, 4), labels.reshape(3, 20))
        assert folded == pytest.approx(fit_temperature(logits, labels), rel=1e-12)

    @pytest.mark.parametrize(
        ("logits", "labels", "limit", "reason"),
        [
            ([[1.0, 0.0], [0.0, 1.0]], [1, 0], INF, "no larger than the average"),
            ([[1.0, 0.0], [1.0, 0.0]], [0, 1], INF, "no larger than the average"),
            ([[1.0, 0.0], [0.0, 1.0]], [0, 1], 0.0, "every label at a largest"),
            ([[1.0, 1.0], [0.0, 5.0]], [0, 1], 0.0, "every label at a largest"),
            ([[1.0, 1.0], [2.0, 2.0]], [0, 1], 1.0, "rows of equal logits"),
            ([[1.0, -INF], [0.0, 0.0]], [0, 1], 1.0, "rows of equal logits"),
            ([[2.0, 1.0, 0.0]], [1], INF, "no larger than the average"),
            ([[2.0, 1.0, -INF]], [1], INF, "no larger than the average"),
            ([[1.0, 0.0]], [[0.5, 0.5]], INF, "no larger than the average"),
            ([[1.0, 0.0]], [[1.0, 0.0]], 0.0, "every label at a largest"),
            ([[1.0, 1.0, 0.0]], [[0.5, 0.5, 0.0]], 0.0, "every label at a largest"),
            ([[1.0, 1.0]], [[0.2, 0.8]], 1.0, "rows of equal logits"),
            (np.zeros((0, 3)), np.zeros(0, int), 1.0, "got no rows"),
            ([[2.0, 0.0, 1.0]], np.full((1, 3), 0.33, np.float16), INF, "no larger than the aver"),
            ([[1.7e308, 0.0]] * 201, [0] * 101 + [1] * 100, INF, "an optimum that no float holds"),
            ([[1e-323, 0.0]] * 100, [0] * 99 + [1], 0.0, "an optimum that no float holds"),
        ],
    )
    def test_without_an_inner_optimum_it_warns_and_gives_the_limit(
        self, logits, labels, limit, reason
    ):
        with pytest.warns(UserWarning, match=reason) as caught:
            assert fit_temperature(logits, labels) == limit
        assert caught[0].filename == __file__
        lines = str(caught[0].message).splitlines()
        assert len(lines) == 3  # what, why, and what to do
        assert max(map(len, lines)) <= 56

    @pytest.mark.parametrize("bad", [[-INF, -INF], [INF, 0.0], [NAN, 0.0]])
    def test_a_row_without_a_distribution_gives_nan(self, bad):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert math.isnan(fit_temperature([bad, [1.0, 0.0]], [0, 1]))

    def test_a_label_at_an_impossible_class_leaves_no_temperature(self):
        with pytest.warns(UserWarning, match="returning nan;\ngot a label whose logit is -inf"):
            assert math.isnan(fit_temperature([[0.0, 1.0, -INF], [1.0, 0.0, 0.0]], [2, 0]))

    @pytest.mark.parametrize("dtype", [np.float16, np.float32])
    def test_narrow_logits_are_fitted_in_float64(self, dtype):
        logits, labels = drawn(2, n=60)
        narrow = logits.astype(dtype)
        wide = fit_temperature(narrow.astype(float), labels)
        assert fit_temperature(narrow, labels) == pytest.approx(wide, rel=1e-12)


class TestCalibrationCurve:
    @pytest.mark.parametrize("n_bins", [1, 4, 10, 15])
    def test_it_is_what_one_counts_by_hand(self, n_bins):
        p = np.random.default_rng(2).dirichlet([1, 1, 1], 400)
        labels = np.random.default_rng(3).integers(3, size=400)
        curve = calibration_curve(p, labels, n_bins=n_bins)
        means, counts = bins_by_hand(p.tolist(), labels.tolist(), n_bins)

        np.testing.assert_array_equal(curve.count, counts)
        for confidence, accuracy, mean in zip(*curve[:2], means, strict=True):
            if mean is None:
                assert math.isnan(confidence)
                assert math.isnan(accuracy)
            else:
                assert [confidence, accuracy] == pytest.approx(mean, rel=1e-12)

    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    @pytest.mark.parametrize("n_bins", [4, 5, 8, 10])
    def test_an_edge_belongs_to_the_bin_below_it(self, n_bins, dtype):
        edges = np.arange((n_bins + 1) // 2, n_bins + 1) / n_bins
        p = np.stack([edges, 1 - edges], axis=-1).astype(dtype)
        p = p[edges >= 0.5]
        count = calibration_curve(p, np.zeros(len(p), int), n_bins=n_bins).count
        assert count.tolist() == [0] * (n_bins - len(p)) + [1] * len(p)

    def test_empty_bins_are_nan_with_count_0(self):
        curve = calibration_curve([[0.9, 0.1]], [0], n_bins=2)
        assert curve.count.tolist() == [0, 1]
        assert np.isnan(curve.confidence[0])
        assert np.isnan(curve.accuracy[0])

    def test_its_parts_have_names_and_dtypes(self):
        curve = calibration_curve([[0.9, 0.1]], [0])
        assert curve._fields == ("confidence", "accuracy", "count")
        assert [part.dtype for part in curve] == [np.float64, np.float64, np.int64]
        assert [part.shape for part in curve] == [(15,)] * 3

    def test_distributions_count_with_the_share_of_the_best_class(self):
        curve = calibration_curve([[0.9, 0.1], [0.4, 0.6]], [[0.7, 0.3], [0.9, 0.1]], n_bins=2)
        assert curve.accuracy[1] == pytest.approx((0.7 + 0.1) / 2)

    def test_of_tied_classes_the_first_is_the_answer(self):
        assert calibration_curve([[0.5, 0.5]], [0], n_bins=1).accuracy[0] == 1
        assert calibration_curve([[0.5, 0.5]], [1], n_bins=1).accuracy[0] == 0

    def test_wider_floats_are_counted_as_float64(self):
        p = np.array([[0.75, 0.25], [0.5, 0.5]], np.longdouble)
        for labels in ([0, 1], p):
            curve = calibration_curve(p, labels, n_bins=4)
            np.testing.assert_array_equal(curve.count, [0, 1, 1, 0])
            np.testing.assert_array_equal(curve.confidence, [NAN, 0.5, 0.75, NAN])

    def test_an_empty_batch_has_empty_bins(self):
        curve = calibration_curve(np.empty((0, 3)), np.empty(0, int))
        assert curve.count.sum() == 0
        assert np.isnan(curve.confidence).all()


class TestExpectedCalibrationError:
    @given(st.integers(0, 2**32), st.integers(1, 20))
    def test_it_is_the_mean_gap_counted_by_hand(self, seed, n_bins):
        rng = np.random.default_rng(seed)
        p, labels = rng.dirichlet([1, 2, 3], 40), rng.integers(3, size=40)
        means, counts = bins_by_hand(p.tolist(), labels.tolist(), n_bins)
        gaps = [
            count * abs(mean[0] - mean[1])
            for mean, count in zip(means, counts, strict=True)
            if mean
        ]
        by_hand = math.fsum(gaps) / 40
        got = expected_calibration_error(p, labels, n_bins=n_bins)
        assert got == pytest.approx(by_hand, rel=1e-10, abs=1e-15)

    def test_distributions_count_with_the_share_of_the_best_class(self):
        p = [[0.9, 0.1], [0.4, 0.6]]
        ece = expected_calibration_error(p, [[0.7, 0.3], [0.9, 0.1]], n_bins=4)
        assert ece == pytest.approx(((0.9 - 0.7) + (0.6 - 0.1)) / 2, rel=1e-12)

    def test_one_bin_lets_opposite_gaps_cancel_and_five_do_not(self):
        p = [[0.9, 0.1]] * 4 + [[0.6, 0.4]] * 4
        labels = [0, 0, 0, 1] * 2
        one, five = (expected_calibration_error(p, labels, n_bins=n) for n in (1, 5))
        assert one == pytest.approx(0, abs=1e-15)
        assert five == pytest.approx(0.15, rel=1e-12)

    def test_neither_the_order_of_rows_nor_their_axes_make_a_difference(self):
        rng = np.random.default_rng(4)
        p, labels = rng.dirichlet([1, 2, 3], 60), rng.integers(3, size=60)
        ece, order = expected_calibration_error(p, labels), rng.permutation(60)
        mixed = expected_calibration_error(p[order], labels[order])
        folded = expected_calibration_error(p.reshape(3, 20, 3), labels.reshape(3, 20))
        assert [mixed, folded] == pytest.approx([ece, ece], rel=1e-12)

    def test_certain_and_right_is_0_certain_and_wrong_is_1(self):
        certain = [[1.0, 0.0]] * 3
        assert expected_calibration_error(certain, [0, 0, 0]) == 0
        assert expected_calibration_error(certain, [1, 1, 1]) == 1

    def test_always_giving_the_base_rate_is_0(self):
        labels = [0] * 6 + [1] * 4
        ece = expected_calibration_error([[0.6, 0.4]] * 10, labels)
        assert ece == pytest.approx(0, abs=1e-15)

    def test_it_is_a_float_and_nan_for_no_rows(self):
        assert type(expected_calibration_error([[0.9, 0.1]], [0])) is float
        assert math.isnan(expected_calibration_error(np.empty((0, 2)), np.empty(0, int)))

    def test_the_true_temperature_lowers_it(self):
        logits, labels = drawn(3, n=5000)
        before = expected_calibration_error(softmax(logits), labels)
        after = expected_calibration_error(softmax(logits, temperature=3), labels)
        assert after < before / 3
