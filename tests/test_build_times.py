"""Ratios and goals; the builds themselves run in ``make buildtimes``."""

import pytest

from bench import build

ROUND = {"cold": 40.0, "warm": 12.0, "plain": 4.0, "edited": 10.0}


class TestRatios:
    def test_each_is_taken_inside_its_round(self):
        assert build.ratios(ROUND) == {
            "cold, seconds": 40,
            "warm by plain": 3,
            "edited by cold": 0.25,
        }


class TestTable:
    def test_the_median_round_decides(self):
        slow = ROUND | {"warm": 400.0}

        assert dict(row[:2] for row in build.table([ROUND, slow, ROUND]))["warm by plain"] == 3

    @pytest.mark.parametrize(("seconds", "met"), [(16.0, True), (16.1, False)])
    def test_a_goal_is_met_up_to_its_limit(self, seconds, met):
        rows = {row[0]: row for row in build.table([ROUND | {"warm": seconds}])}

        assert rows["warm by plain"][3] is met


class TestForget:
    def test_all_goes_but_what_comes_from_the_network(self, tmp_path):
        for name in ("figures", "pyodide"):
            (tmp_path / name).mkdir()

        build.forget(tmp_path)

        assert [kept.name for kept in tmp_path.iterdir()] == ["pyodide"]
