import numpy as np
import pytest
import scipy.stats

from softdial import sample, softmax
from softdial.sampling import inverse, passed

INF, NAN = np.inf, np.nan
Z = np.array([2.0, 1.0, -3.0, 0.0])


def chance(draws, p):
    """Return the chance of counts at least this far from p: Pearson's chi-square test."""
    return scipy.stats.chisquare(np.bincount(draws, minlength=len(p)), p * len(draws)).pvalue


class Fixed(np.random.Generator):
    """A generator whose uniform numbers are all the same."""

    def __init__(self, u):
        super().__init__(np.random.PCG64(0))
        self.u = u

    def random(self, shape):
        return np.full(shape, self.u)


class TestSample:
    @pytest.mark.parametrize("temperature", [0.5, 1, 5])
    def test_classes_come_with_their_probabilities(self, temperature):
        draws = sample(Z, temperature=temperature, size=100_000, rng=1)
        assert chance(draws, softmax(Z, temperature=temperature)) > 0.001

    def test_another_temperature_would_be_noticed(self):
        draws = sample(Z, size=100_000, rng=1)
        assert chance(draws, softmax(Z, temperature=1.05)) < 1e-6

    def test_each_row_of_a_batch_is_drawn_from_its_own_distribution(self):
        z = np.random.default_rng(0).normal(size=(2, 3, 5))
        draws = sample(z, size=20_000, rng=2)
        for place in np.ndindex(2, 3):
            assert chance(draws[(slice(None), *place)], softmax(z[place])) > 0.001

    def test_one_draw_for_each_row_of_a_large_batch(self):
        draws = sample(np.tile(Z, (50_000, 1)), rng=3)
        assert chance(draws, softmax(Z)) > 0.001

    @pytest.mark.parametrize(
        ("size", "shape"), [(None, (2, 3)), (4, (4, 2, 3)), ((4, 1), (4, 1, 2, 3)), (0, (0, 2, 3))]
    )
    def test_draws_stand_in_front_of_the_batch(self, size, shape):
        draws = sample(np.zeros((2, 3, 5)), size=size, rng=0)
        assert draws.shape == shape
        assert draws.dtype == np.int64

    def test_one_draw_of_one_row_is_a_scalar(self):
        draw = sample(Z, rng=0)
        assert np.ndim(draw) == 0
        assert isinstance(draw, np.int64)

    def test_a_seed_repeats_and_a_generator_goes_on(self):
        rng = np.random.default_rng(7)
        first, second = sample(Z, size=50, rng=rng), sample(Z, size=50, rng=rng)
        np.testing.assert_array_equal(first, sample(Z, size=50, rng=7))
        assert (first != second).any()

    def test_without_a_seed_draws_are_fresh(self):
        assert (sample(Z, size=200) != sample(Z, size=200)).any()

    def test_global_state_is_neither_used_nor_moved(self):
        np.random.seed(0)
        before = np.random.get_state()[1].copy()
        sample(Z, size=10)
        np.testing.assert_array_equal(np.random.get_state()[1], before)

    @pytest.mark.parametrize("u", [0.0, 0.5, np.nextafter(1, 0)])
    def test_impossible_classes_are_never_drawn(self, u):
        z = [-INF, 0.0, -INF, 1.0, -2000.0, -INF]
        assert sample(z, rng=Fixed(u)) in (1, 3)
        assert set(sample(z, size=9, rng=Fixed(u))) <= {1, 3}

    def test_at_0_ties_share_and_others_are_never_drawn(self):
        draws = sample([3.0, 1.0, 3.0], temperature=0, size=10_000, rng=4)
        assert set(draws) == {0, 2}
        assert chance(draws // 2, np.array([0.5, 0.5])) > 0.001

    def test_one_temperature_for_each_row(self):
        draws = sample([[0.0, 1.0], [0.0, 1.0]], temperature=[0, INF], size=10_000, rng=5)
        assert (draws[:, 0] == 1).all()
        assert chance(draws[:, 1], np.array([0.5, 0.5])) > 0.001

    def test_rows_of_a_later_block_have_their_own_temperature(self):
        t = np.zeros(70_000)
        t[-1000:] = INF
        draws = sample(np.tile([0.0, 1.0], (70_000, 1)), temperature=t, rng=0)
        assert (draws[:-1000] == 1).all()
        assert chance(draws[-1000:], np.array([0.5, 0.5])) > 0.001

    @pytest.mark.parametrize("dtype", [np.float16, np.float32])
    def test_narrow_floats_are_drawn_like_wide_ones(self, dtype):
        narrow = sample(Z.astype(dtype), size=100, rng=6)
        np.testing.assert_array_equal(narrow, sample(Z, size=100, rng=6))

    def test_the_row_without_a_distribution_is_named(self):
        with pytest.raises(ValueError, match=r"no distribution in row \(1, 0\);"):
            sample([[[0.0, 1.0]], [[-INF, -INF]]])
        with pytest.raises(ValueError, match="no distribution;"):
            sample([INF, 0.0])
        z = np.zeros((70_000, 2))
        z[69_999] = np.nan  # in a later block
        with pytest.raises(ValueError, match=r"no distribution in row \(69999,\);"):
            sample(z)


class TestInverse:
    def test_both_ways_of_looking_up_agree(self):
        rng = np.random.default_rng(8)
        p, u = softmax(rng.normal(size=(6, 5))), rng.random((40, 6))
        few = np.concatenate([inverse(p, u[i : i + 2]) for i in range(0, 40, 2)])
        np.testing.assert_array_equal(inverse(p, u), few)

    @pytest.mark.parametrize("width", [513, 1024, 1300, 5000])
    def test_looking_for_the_part_first_finds_the_same(self, width):
        rng = np.random.default_rng(9)
        p, u = softmax(3 * rng.normal(size=(3, width))), rng.random((40, 3))
        few = np.concatenate([inverse(p, u[i : i + 1]) for i in range(40)])
        np.testing.assert_array_equal(inverse(p, u), few)

    @pytest.mark.parametrize("draws", [1, 900])
    def test_narrow_masses_are_added_in_float64(self, draws):
        rng = np.random.default_rng(10)
        p = softmax(rng.normal(size=(2, 200_000)).astype(np.float32))
        u = rng.random((draws, 2))
        np.testing.assert_array_equal(inverse(p, u), inverse(p.astype(np.float64), u))

    @pytest.mark.parametrize("width", [7, 2000])
    @pytest.mark.parametrize("u", [0.0, 0.3, np.nextafter(1, 0)])
    def test_a_class_of_mass_0_is_never_found(self, width, u):
        p = np.zeros((1, width))
        p[0, [2, 5]] = 0.1 + 0.2, 0.7
        assert inverse(p, np.full((1, 1), u)) in (2, 5)
        assert set(inverse(p, np.full((9, 1), u)).ravel()) <= {2, 5}
        assert set(inverse(np.tile(p, (3, 1)), np.full((1, 3), u)).ravel()) <= {2, 5}

    def test_a_row_whose_sum_is_rounded_still_gives_a_class(self):
        p, end = np.array([[0.5, 0.5 - 1e-9]]), 1 - 1e-12
        np.testing.assert_array_equal(inverse(p, np.array([[end]])), [[1]])


class TestPassed:
    @pytest.mark.parametrize(("at", "count"), [(0.0, 0), (0.5, 1), (0.75, 1), (1.0, 1), (1.1, 1)])
    def test_the_end_belongs_to_the_last_step(self, at, count):
        assert passed(np.array([0.5, 1.0]), at) == count
