import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mpmath import mpf

from oracles import exactly, softmax_exact
from softdial import softmax_jacobian

INF, NAN = np.inf, np.nan
rows = arrays(np.float64, st.integers(1, 6), elements=st.floats(-20, 20))


def by_differences(row, temperature):
    """The Jacobian from differences of softmax itself, in 60 digits."""
    row, t, step = exactly(row), mpf(float(temperature)), mpf(10) ** -25

    def probabilities(shifted):
        weights = [mpmath.exp(x / t) for x in shifted]
        return [weight / mpmath.fsum(weights) for weight in weights]

    columns = []
    for j in range(len(row)):
        up, down = ([x + sign * step * (i == j) for i, x in enumerate(row)] for sign in (1, -1))
        pairs = zip(probabilities(up), probabilities(down), strict=True)
        columns.append([(a - b) / (2 * step) for a, b in pairs])
    return np.array(columns, dtype=float).T


def by_the_book(row, temperature):
    """diag(p) - p pT over T, with exact p and no care for rounding elsewhere."""
    p = np.array(softmax_exact(row, temperature), dtype=float)
    return (np.diag(p) - np.outer(p, p)) / temperature


class TestSoftmaxJacobian:
    @pytest.mark.parametrize("temperature", [0.5, 1, 3])
    def test_it_is_the_slope_of_softmax(self, temperature):
        for row in np.random.default_rng(0).normal(0, 3, (20, 4)):
            np.testing.assert_allclose(
                softmax_jacobian(row, temperature=temperature),
                by_differences(row, temperature),
                rtol=1e-13,
            )

    @pytest.mark.parametrize("row", [[0.0, -37.0], [0.0, -40.0, -41.0], [1e4, 1e4 - 50.0]])
    def test_a_winner_keeps_the_digits_of_its_slope(self, row):
        exact = by_differences(row, 1)
        np.testing.assert_allclose(softmax_jacobian(row), exact, rtol=1e-13)
        # the formula as written loses them
        assert not np.isclose(by_the_book(row, 1.0)[0, 0], exact[0, 0], rtol=0.1, atol=0)

    @given(rows)
    def test_rows_sum_to_0_and_both_sides_are_equal(self, row):
        slopes = softmax_jacobian(row)
        np.testing.assert_array_equal(slopes, slopes.T)
        np.testing.assert_allclose(slopes.sum(axis=-1), 0, atol=1e-16)

    @given(rows, arrays(np.float64, 6, elements=st.floats(-1, 1)))
    def test_no_direction_has_a_negative_slope(self, row, direction):
        direction = direction[: row.size]
        assert direction @ softmax_jacobian(row) @ direction >= -1e-15

    def test_an_infinite_temperature_has_no_slope(self):
        slopes = softmax_jacobian([0.0, 1.0], temperature=INF)
        np.testing.assert_array_equal(slopes, np.zeros((2, 2)))
        assert not np.signbit(slopes).any()

    def test_one_temperature_for_each_row(self):
        z, t = np.random.default_rng(1).normal(size=(3, 2, 4)), np.array([0.5, 2.0])
        got = softmax_jacobian(z, temperature=t)
        assert got.shape == (3, 2, 4, 4)
        for batch, row in np.ndindex(3, 2):
            alone = softmax_jacobian(z[batch, row], temperature=t[row])
            np.testing.assert_allclose(got[batch, row], alone, rtol=1e-15)

    def test_one_row_and_several_temperatures_give_a_matrix_each(self):
        got = softmax_jacobian([0.0, 1.0], temperature=[1, 2])
        np.testing.assert_array_equal(got[1], softmax_jacobian([0.0, 1.0], temperature=2))

    def test_impossible_classes_have_no_slope(self):
        slopes = softmax_jacobian([0.0, 0.0, -INF])
        np.testing.assert_array_equal(slopes, [[0.25, -0.25, 0], [-0.25, 0.25, 0], [0, 0, 0]])

    @pytest.mark.parametrize("bad", [[-INF, -INF], [INF, 0], [NAN, 0]])
    def test_a_row_without_a_distribution_is_nan_and_silent(self, bad):
        slopes = softmax_jacobian([bad, [0.0, 0.0]])
        assert np.isnan(slopes[0]).all()
        np.testing.assert_array_equal(slopes[1], [[0.25, -0.25], [-0.25, 0.25]])

    def test_a_single_class_has_no_slope_unless_it_is_no_distribution(self):
        slopes = softmax_jacobian([[3.0], [-INF], [NAN]])
        np.testing.assert_array_equal(slopes, [[[0.0]], [[NAN]], [[NAN]]])

    def test_a_tiny_temperature_is_silent(self):
        np.testing.assert_array_equal(softmax_jacobian([0.0, 1.0], temperature=5e-324), 0)

    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    def test_floats_keep_their_dtype(self, dtype):
        assert softmax_jacobian(np.zeros((2, 3), dtype)).dtype == dtype

    def test_an_empty_batch_gives_an_empty_result(self):
        assert softmax_jacobian(np.empty((0, 3))).shape == (0, 3, 3)
