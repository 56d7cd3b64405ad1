"""Reading and judging reports; Lighthouse itself runs in ``make lighthouse``."""

import gzip
import urllib.request

import pytest

import sites
from bench import lighthouse

GOOD = dict.fromkeys(lighthouse.GOALS, 1.0)


def report(**scores):
    names = {name.replace("-", "_"): name for name in GOOD}
    given = GOOD | {names[name]: score for name, score in scores.items()}
    refs = [{"id": "link-text", "weight": 1}, {"id": "manual", "weight": 0}]
    return {
        "categories": {
            name: {"score": score, "auditRefs": refs if name == "seo" else []}
            for name, score in given.items()
        },
        "audits": {
            "link-text": {"score": given["seo"], "details": {"items": ["Start"]}},
            "manual": {"score": 0},
        },
    }


def answers(*reports):
    given = iter(reports)
    return lambda: next(given)


class TestScores:
    def test_scores_are_percent(self):
        assert lighthouse.scores(report(performance=0.985))["performance"] == 98
        assert lighthouse.scores(report())["seo"] == 100

    def test_an_audit_that_broke_down_is_no_score(self):
        assert lighthouse.scores(report(seo=None))["seo"] == 0


class TestLost:
    def test_an_audit_that_costs_points_is_named_with_what_it_found(self):
        (loss,) = lighthouse.lost(report(seo=0.5))

        assert loss.startswith("link-text")
        assert "Start" in loss

    def test_a_full_score_loses_nothing_and_audits_without_weight_do_not_count(self):
        assert lighthouse.lost(report()) == []


class TestBelow:
    def test_speed_may_miss_one_point_and_nothing_else_any(self):
        scores = dict.fromkeys(lighthouse.GOALS, 99)

        assert lighthouse.below(scores) == ["accessibility", "best-practices", "seo"]

    def test_full_scores_miss_nothing(self):
        assert lighthouse.below(dict.fromkeys(lighthouse.GOALS, 100)) == []


class TestJudge:
    def test_a_page_that_meets_the_goals_is_asked_once(self):
        judged, losses = lighthouse.judge(answers(report()))

        assert judged == dict.fromkeys(lighthouse.GOALS, 100)
        assert losses == []

    def test_noise_is_outvoted(self):
        judged, _ = lighthouse.judge(
            answers(report(performance=0.6), report(performance=0.98), report())
        )
        assert judged["performance"] == 98
        judged, _ = lighthouse.judge(answers(report(performance=0.6), report(), report()))
        assert judged["performance"] == 100

    def test_what_is_lost_each_time_is_told(self):
        judged, losses = lighthouse.judge(answers(*[report(seo=0.92)] * 3))

        assert judged["seo"] == 92
        assert losses


class TestSlowdown:
    @pytest.mark.parametrize(
        ("index", "expected"),
        [(100, 1.0), (800, 2.0), (1050, 2.5), (1300, 3.0), (1533, 4.0), (1766, 5.0), (9999, 6.0)],
    )
    def test_it_is_that_of_the_calculator(self, index, expected):
        assert lighthouse.slowdown(index) == expected


class TestHandler:
    @pytest.fixture
    def address(self, tmp_path):
        (tmp_path / "index.html").write_text("<p>hello</p>", "utf-8")
        (tmp_path / "dot.png").write_bytes(b"png")
        with sites.served(tmp_path, lighthouse.Handler) as served:
            yield served

    def test_text_is_sent_compressed(self, address):
        with urllib.request.urlopen(address) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert gzip.decompress(answer.read()) == b"<p>hello</p>"

    def test_pictures_are_sent_as_they_are(self, address):
        with urllib.request.urlopen(f"{address}dot.png") as answer:
            assert answer.headers["Content-Encoding"] is None
            assert answer.read() == b"png"
