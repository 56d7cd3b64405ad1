"""The programs behind ``make bench``; what they measure is kept in the data, not asserted here."""

import ast

import numpy as np
import pytest

from bench import accuracy, cases, clock, mutants

SMALL = [
    cases.Case(function, (5, 6), "float32", layout=layout)
    for function in cases.NORMALIZERS
    for layout in ("C", "Fortran", "strided", "list")
]


class TestCalls:
    @pytest.mark.parametrize("case", SMALL, ids=lambda case: f"{case.function} {case.layout}")
    def test_contenders_compute_the_same(self, case):
        calls = cases.calls(case)
        np.testing.assert_allclose(calls["softdial"](), calls["SciPy"](), rtol=1e-4, atol=1e-6)

    def test_the_nucleus_by_argsort_is_that_of_top_p(self):
        x = np.random.default_rng(0).normal(size=(3, 50))
        calls = cases.by_argsort(x)
        np.testing.assert_array_equal(calls["softdial"](), calls["by argsort"]())

    def test_layouts_are_what_they_are_called(self):
        assert cases.logits(SMALL[1]).flags.f_contiguous
        assert not cases.logits(SMALL[2]).flags.contiguous

    def test_no_two_cases_have_one_name(self):
        names = [(case.function, case.input, case.dtype) for case in cases.everything()]
        assert len(set(names)) == len(names)


class TestRatios:
    def test_every_contender_but_ours_has_a_positive_ratio(self):
        found = clock.ratios({"softdial": lambda: 0, "SciPy": lambda: sum(range(99))}, rounds=3)
        assert found.keys() == {"SciPy"}
        assert found["SciPy"] > 0


class TestSums:
    def test_one_by_one_is_the_least_exact(self):
        for row in accuracy.sums():
            assert row["softdial"] <= 2 * row["NumPy, last axis"] < row["NumPy"]


class TestMutants:
    def test_each_changes_one_place_and_says_which(self, tmp_path):
        path = tmp_path / "some.py"
        path.write_text("def f(x):\n    if x < 1 and not x:\n        return x + 2\n", "utf-8")
        sources = [one.source for one in mutants.mutants(path)]
        assert len(set(sources)) == len(sources) == 6
        assert ast.unparse(ast.parse(path.read_text("utf-8"))) not in sources
        assert "some.f: return x + 2 → - 2" in {one.name for one in mutants.mutants(path)}

    def test_text_is_left_alone(self, tmp_path):
        path = tmp_path / "some.py"
        path.write_text('def f(x):\n    """Add 1."""\n    return g("a < 1")\n', "utf-8")
        assert list(mutants.mutants(path)) == []

    def test_a_reason_is_for_a_change_that_there_is(self):
        every = {one.name for path in mutants.CORE.glob("*.py") for one in mutants.mutants(path)}
        assert mutants.REASONS.keys() <= every
