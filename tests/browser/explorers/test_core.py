"""The core of the explorers computes what the package computes."""

import math

import numpy as np
from playing import GAP, PAIR, in_core, mulberry32_counts

from softdial import entropy, softmax
from softdial_site.figures.style import digits

GRID = [
    [0.0, GAP],
    PAIR.tolist(),
    [2.0, 1.0, -3.0],
    [2.0, 2.0, -3.0],
    [1.0, -math.inf, 0.5, 1.0],
    [0.0] * 5,
    [1e4, 1e4 + 0.3, 1e4 - 2.0],
    [-745.0, 0.0, 700.0],
    np.random.default_rng(0).normal(0, 4, 1000).tolist(),
]
TEMPERATURES = [0, 5e-324, 0.01, 0.25, 0.5, 0.7, 1, 2, 3.61, 5, 40, 1e6, 1e308, math.inf]


def ulps(found, expected):
    """How many units of the last place the worst entry is away."""
    found, expected = np.asarray(found), np.asarray(expected)
    return np.max(np.abs(found - expected) / np.spacing(np.maximum(found, expected)))


class TestNumbers:
    def test_softmax_is_within_a_few_ulp_of_the_package(self, visit):
        code = "given[0].map((z) => given[1].map((T) => core.softmax(z, T)))"
        found = in_core(visit("hero"), code, [GRID, TEMPERATURES])

        for logits, shares in zip(GRID, found, strict=True):
            # a thousand are added with compensation there, here by pairs
            allowed = 4 if len(logits) < 10 else 8
            assert ulps(shares, softmax(logits, temperature=TEMPERATURES)) <= allowed

    def test_a_division_before_the_shift_is_found(self, visit):
        found = in_core(visit("hero"), "core.softmax(given.map((z) => z / 0.7))", GRID[6])

        assert ulps(found, softmax(GRID[6], temperature=0.7)) > 4

    def test_entropy_agrees(self, visit):
        shares = [softmax(z, temperature=t).tolist() for z in GRID for t in (0, 0.5, 1, math.inf)]
        found = in_core(visit("hero"), "given.map(core.entropy)", shares)

        expected = [entropy(share) for share in shares]
        assert np.allclose(found, expected, rtol=1e-15, atol=1e-15)

    def test_digits_are_written_like_those_of_the_figures(self, visit):
        rng = np.random.default_rng(1)
        wild = rng.normal(size=500) * 10.0 ** rng.integers(-12, 12, 500)
        tame = [0, 1, -1, 100, 1000, 0.1 + 0.2, 1 / 3, 0.9999, 999.6, 1e-4, 0.00012, math.inf]
        values = [*wild.tolist(), *tame, *(k / 1000 for k in range(1000)), -math.inf]
        found = in_core(visit("hero"), "given.map(core.digits)", values)

        assert found == [digits(value) for value in values]

    def test_draws_are_those_of_the_generator_in_python(self, visit):
        p = [0.5, 0.2, 0.15, 0.1, 0.05]
        found = in_core(visit("hero"), "[1, 2, 7].map((seed) => core.draws(given, 1000, seed))", p)

        assert found == [mulberry32_counts(p, 1000, seed) for seed in (1, 2, 7)]
        assert np.allclose(found, [500, 200, 150, 100, 50], atol=50)
