"""What the benchmarks page needs of its data, and that it shows what the data says."""

import copy
import json
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup

import sites
from bench import cases, record
from softdial_site import benchmarks
from softdial_site.tables import spelled

KEPT = benchmarks.read()
PAGE = sites.ROOT / "docs" / "reference" / "benchmarks.md"


def placed(name, results=KEPT):
    html = benchmarks.place(f'<p><img alt="" src="bench:{name}"></p>', results)
    return BeautifulSoup(html, "html.parser")


def body(page):
    """The cells of a table, row by row."""
    return [[cell.get_text() for cell in row("td")] for row in page.select("tbody tr")]


def beside(peer, shape, results=KEPT, kind=""):
    """Return the ratios of softmax to a peer on arrays of one shape and a kind, a pattern."""
    rows = [row for row in results["rows"] if row["function"] == "softmax"]
    wanted = [row for row in rows if re.match(f"{shape}(, |$){kind}", row["input"])]
    return [row["ratios"][peer] for row in wanted if peer in row["ratios"]]


class TestSentences:
    def test_pytorch_starts_a_call_sooner(self):
        assert min(beside("PyTorch", "10", kind="(?!T)")) > 1

    def test_rows_of_ten_are_ahead_of_scipy_and_pytorch(self):
        assert max(beside("SciPy", "1,000,000 × 10") + beside("PyTorch", "1,000,000 × 10")) < 1

    def test_jax_is_ahead_on_most_rows_of_ten(self):
        assert np.median(beside("JAX", "1,000,000 × 10")) > 1

    def test_log_softmax_is_mostly_ahead_of_scipy_and_never_far_behind(self):
        rows = [row for row in KEPT["rows"] if row["function"] == "log_softmax"]
        ratios = [row["ratios"]["SciPy"] for row in rows]
        assert np.median(ratios) < 1
        assert max(ratios) < 1.5

    def test_a_slower_case_would_be_seen(self):
        slower = copy.deepcopy(KEPT)
        row = next(row for row in slower["rows"] if row["input"] == "1,000,000 × 10, strided")
        row["ratios"]["PyTorch"] = 1.5
        assert max(beside("PyTorch", "1,000,000 × 10", slower)) == 1.5


class TestKeptResults:
    def test_every_case_is_there_with_its_goal(self):
        kept = {(row["function"], row["input"], row["dtype"]): row["goal"] for row in KEPT["rows"]}
        assert kept == {
            (case.function, case.input, case.dtype): case.goal for case in cases.everything()
        }

    def test_no_path_and_no_host_stands_in_them(self):
        assert not re.search(r"[/\\]\w+[/\\]|https?:", json.dumps(KEPT, ensure_ascii=False))

    def test_a_row_without_its_ratios_is_refused(self, tmp_path):
        lacking = copy.deepcopy(KEPT)
        lacking["rows"][3]["ratios"] = {}
        path = tmp_path / "benchmarks.json"
        path.write_text(json.dumps(lacking), "utf-8")
        with pytest.raises(ValueError, match="lacks ratios"):
            benchmarks.read(path)

    def test_nine_in_ten_changes_of_a_result_are_noticed_and_the_others_have_a_reason(self):
        found = KEPT["mutants"]
        assert len(found["survivors"]) == found["tried"] - found["noticed"]
        equal = [one for one in found["survivors"] if one["reason"]]
        assert found["noticed"] >= 0.9 * (found["tried"] - len(equal))
        assert equal == found["survivors"]


class TestPlace:
    def test_the_page_asks_for_everything_there_is(self):
        asked = re.findall(r"\(bench:([\w-]+)\)", PAGE.read_text("utf-8"))
        assert sorted(asked) == sorted(benchmarks.MAKERS)

    def test_every_ratio_of_the_data_stands_in_a_table(self):
        names = [*benchmarks.NORMALIZERS, "draws"]
        shown = [cell.get_text() for name in names for cell in placed(name).select("td")]
        for row in KEPT["rows"]:
            first = next(iter(row["ratios"].values()))
            assert f"{first:g}" + "*" * (first > row["goal"]) in shown

    def test_a_ratio_above_its_goal_has_an_asterisk(self):
        slow = copy.deepcopy(KEPT)
        slow["rows"][0]["ratios"]["SciPy"] = 7.5
        assert "7.5*" in placed("softmax", slow).get_text()

    def test_its_columns_are_named_from_the_input_on(self):
        names = [head.get_text() for head in placed("softmax").select("thead th")]
        assert names[:2] == ["input", f"SciPy {KEPT['rows'][0]['dtype']}"]

    def test_a_ratio_at_its_goal_has_none(self):
        even = copy.deepcopy(KEPT)
        even["rows"][0]["ratios"]["SciPy"] = even["rows"][0]["goal"] = 0.777
        assert "0.777*" not in placed("softmax", even).get_text()

    def test_draws_stand_beside_what_one_writes_and_not_beside_a_copy(self):
        row = {"function": "top_k", "input": "10", "dtype": "float32", "goal": 1}
        rows = [row | {"ratios": {"NumPy": 0.5, "copy": 2, "exp": 3}}, KEPT["rows"][0]]
        table = placed("draws", {"rows": rows})
        assert body(table) == [["10, float32", "NumPy", "0.5"]]
        assert [head.get_text() for head in table.select("[scope]")] == [
            "function", "input", "beside", "ratio", "top_k",
        ]  # fmt: skip

    def test_errors_of_sums_stand_beside_their_shape(self):
        table = placed("sums", {"sums": [{"shape": "2 × 3", "NumPy": 1.50, "ours": 0.5}]})
        heads = [head.get_text() for head in table.select("[scope]")]
        assert (heads, body(table)) == (["shape", "NumPy", "ours", "2 × 3"], [["1.5", "0.5"]])

    def test_changes_stand_beside_their_reason(self):
        found = [{"change": "a < b", "reason": "equal"}, {"change": "a", "reason": ""}]
        mutants = {"noticed": 7, "tried": 9, "there": 99, "survivors": found}
        table = placed("mutants", {"mutants": mutants})
        assert [head.get_text() for head in table.select("[scope=row]")] == ["a < b", "a"]
        assert body(table) == [["equal"], ["not told apart yet"]]
        assert "7 of 9 changes noticed, 99 possible" in table.caption.get_text()

    def test_each_dot_is_over_its_ratio_and_beside_its_shape(self):
        pairs = [("10", 0.25), ("10", 0.5**0.5), ("3 < 4, plain", 1), ("10", 9), ("10", 0.01)]
        kept = {"function": "softmax", "dtype": "float64", "goal": 1}
        rows = [kept | {"input": name, "ratios": {"SciPy": ratio}} for name, ratio in pairs]
        chart = placed("chart", {"rows": rows})
        labels = {text.get_text(): text for text in chart.select("text")}
        quarter, half, even = (float(labels[name]["x"]) for name in ("¼", "½", "1 = SciPy's time"))
        first, second = (float(labels[name]["y"]) - 3 for name in ("10", "3 < 4"))
        dots = [(float(dot["cx"]), float(dot["cy"])) for dot in chart.select("circle")]
        ends = [benchmarks.WIDTH - benchmarks.RIGHT, benchmarks.LEFT]
        xs = [quarter, (half + even) / 2, *ends, even]

        assert np.allclose(dots, [*((x, first) for x in xs[:4]), (even, second)], atol=0.1)
        assert float(labels["10"]["x"]) < ends[1] < quarter < half < even < ends[0]
        assert (
            0 < first < second < float(labels["½"]["y"]) <= float(chart.svg["viewbox"].split()[3])
        )

    def test_the_figure_has_a_dot_for_each_case_and_counts_those_ahead(self):
        rows = [row for row in KEPT["rows"] if row["function"] == "softmax"]
        ahead = sum(row["ratios"]["SciPy"] < 1 for row in rows)
        figure = placed("chart")
        assert len(figure.select("circle")) == len(rows)
        assert f"in {ahead} of {len(rows)} cases" in figure.figcaption.get_text()

    def test_machine_versions_and_what_was_missing_are_told(self):
        text = placed("machine", KEPT | {"missing": ["JAX"]}).get_text()
        assert KEPT["machine"] in text
        assert spelled(KEPT["date"]) in text
        assert "JAXnot installed" in text

    def test_every_version_is_told(self):
        text = placed("machine").get_text()
        assert all(name + version in text for name, version in KEPT["versions"].items())

    def test_an_unknown_name_and_a_place_in_a_sentence_stop_the_build(self):
        with pytest.raises(ValueError, match="there is no bench:speed"):
            placed("speed")
        with pytest.raises(ValueError, match="paragraph of its own"):
            benchmarks.place('<p>see <img alt="" src="bench:sums"></p>', KEPT)


class TestRecord:
    def test_what_is_kept_beside_the_results_stays(self, tmp_path):
        path = tmp_path / "benchmarks.json"
        path.write_text('{"mutants": 1}', "utf-8")
        record.write({"rows": []}, path)
        assert {"mutants", "rows", "date", "machine", "versions"} <= json.loads(
            path.read_text("utf-8")
        ).keys()
