"""What can be checked of the crosswalk without its libraries: the kept results and their tables."""

import copy
import re

import pytest
from bs4 import BeautifulSoup

import sites
from bench import crosswalk as rerun
from bench import libraries, record
from running import needs_extra
from softdial_site import crosswalk
from test_snippets import in_fence
from test_snippets import run as run_page

KEPT = crosswalk.read()


def placed(name):
    html = crosswalk.place(f'<p><img alt="" src="cases:{name}"></p>', KEPT)
    return BeautifulSoup(html, "html.parser")


def texts(tags):
    return [tag.get_text() for tag in tags]


class TestKeptResults:
    @pytest.mark.parametrize("name", crosswalk.TABLES)
    def test_the_first_column_is_what_softdial_gives_today(self, name):
        table = crosswalk.TABLES[name]
        first, call = next(iter(table.calls.items()))
        today = libraries.cells(table._replace(calls={first: call}))

        assert {label: row[first] for label, row in KEPT["cells"][name].items()} == {
            label: row[first] for label, row in today.items()
        }

    def test_every_column_is_of_a_library_with_a_version(self):
        columns = {column for table in crosswalk.TABLES.values() for column in table.calls}
        assert {crosswalk.library(column) for column in columns} <= KEPT["versions"].keys()

    def test_results_without_an_answer_to_every_case_are_refused(self, tmp_path):
        lacking = copy.deepcopy(KEPT)
        del lacking["cells"]["softmax"]["[0, nan]"]
        path = tmp_path / "crosswalk.json"
        record.save(lacking, path)

        with pytest.raises(ValueError, match="does not fit the cases of softmax"):
            crosswalk.read(path)

    def test_results_are_read_as_they_were_written(self, tmp_path):
        record.save(KEPT, tmp_path / "kept.json")
        assert crosswalk.read(tmp_path / "kept.json") == KEPT
        assert (tmp_path / "kept.json").read_bytes() == crosswalk.DATA.read_bytes()


class TestChanges:
    def test_the_same_results_have_none(self):
        assert list(rerun.changes(KEPT, KEPT)) == []
        assert list(rerun.other_versions(KEPT, KEPT)) == []

    def test_one_cell_that_changed_is_told(self):
        now = copy.deepcopy(KEPT)
        now["cells"]["softmax"]["[0, inf]"]["SciPy"] = "[0, 1]"

        assert list(rerun.changes(KEPT, now)) == [
            "softmax, [0, inf], SciPy: the page says '[nan, nan], warns', now '[0, 1]'"
        ]

    def test_another_version_is_told(self):
        now = KEPT | {"versions": KEPT["versions"] | {"JAX": "9.9.9"}}
        assert [text.partition(":")[0] for text in rerun.other_versions(KEPT, now)] == ["JAX"]

    def test_a_case_or_library_that_came_or_went_is_told(self):
        fewer = copy.deepcopy(KEPT)
        row = fewer["cells"]["softmax"].pop("[0, inf]")
        del fewer["versions"]["JAX"]
        for kept, now in ((KEPT, fewer), (fewer, KEPT)):
            assert len(list(rerun.changes(kept, now))) == len(row)
            assert len(list(rerun.other_versions(kept, now))) == 1


class TestCells:
    @pytest.mark.parametrize(
        ("call", "given", "told"),
        [
            ("np.array([0.123456, -0.0, 1e-20])", {}, "[0.123, 0, 1e-20]"),
            ("np.array([1000.693, np.nan, -np.inf])", {}, "[1000.7, nan, -inf]"),
            ("np.float32(0.5)", {}, "float32 0.5"),
            ("x[:0]", {"x": [1.0]}, "empty"),
            ("np.zeros((0, 2))", {}, "empty 0 × 2"),
            ("x / 0", {"x": [0.0]}, "[nan], warns"),
            ("x[7]", {"x": [1.0]}, "IndexError"),
            ("np.exp(np.array([1], dtype=object))", {}, "TypeError"),
            ("np.subtract(1, 0.5, out=np.ones(1, int))", {}, "UFuncTypeError"),
        ],
    )
    def test_a_result_is_told_in_a_few_characters(self, call, given, told):
        assert libraries.cell("NumPy", call, given) == told

    def test_a_library_that_takes_batches_is_given_a_batch_of_one(self, monkeypatch):
        monkeypatch.setitem(libraries.MODULES, "scikit-learn", ("numpy", ""))
        assert libraries.cell("scikit-learn", "x.sum(axis=1) + [0.0]", {"x": [1.0, 2.0]}) == "3"
        assert libraries.cell("scikit-learn", "y.shape", {"y": libraries.LOGITS}) == "[3]"

    @pytest.mark.parametrize(
        ("value", "function", "axis"),
        [
            ([[1 / 3] * 3] * 2, "softmax", "last"),
            ([[1 / 2] * 3] * 2, "softmax", "first"),
            ([[1 / 6] * 3] * 2, "softmax", "all entries"),
            ([1.0986, 1.0986], "logsumexp", "last"),
            (1.7918, "logsumexp", "all entries"),
        ],
    )
    def test_the_axis_is_told_from_the_result(self, value, function, axis):
        assert libraries.axis_of(value, function, (2, 3)) == axis

    def test_versions_are_told_without_what_a_build_adds(self, monkeypatch):
        monkeypatch.setattr(libraries, "version", lambda package: "2.13.0+cpu")
        assert libraries.versions()["PyTorch"] == "2.13.0"


class TestAgreement:
    def test_a_call_that_gives_other_numbers_is_found(self):
        (task,) = (task for task in crosswalk.TASKS if task.anchor == "softmax")
        assert libraries.agrees(task, "NumPy", task.calls["NumPy"])
        assert not libraries.agrees(task, "NumPy", "np.exp(x) / 2")
        assert not libraries.agrees(task, "NumPy", "np.exp(x).sum()")

    def test_draws_with_other_frequencies_are_found(self):
        (task,) = (task for task in crosswalk.TASKS if task.anchor == "sample")
        assert libraries.agrees(task, "NumPy", task.calls["NumPy"])
        assert not libraries.agrees(task, "NumPy", "np.random.default_rng(0).choice(3, n)")


class TestTables:
    @pytest.mark.parametrize("name", crosswalk.TABLES)
    def test_every_case_stands_in_its_table(self, name):
        table = placed(name).table

        assert texts(table.select("tbody th")) == list(crosswalk.TABLES[name].inputs)
        assert [texts(row.select("td")) for row in table.select("tbody tr")] == [
            list(row.values()) for row in KEPT["cells"][name].values()
        ]

    def test_what_is_as_in_the_first_column_is_marked(self):
        row = placed("softmax").find("th", string="[1000, 0]").parent
        marks = [cell.get("class") for cell in row.select("td")]
        assert marks == [None, None, ["same"], ["same"], ["same"], ["same"]]

    def test_every_call_stands_in_the_table_of_calls(self):
        shown = texts(placed("calls").select("td"))
        assert shown == [call for task in crosswalk.TASKS for call in task.calls.values()]

    def test_long_names_break_after_signs_and_between_words(self):
        heads = str(placed("temperature").thead)
        assert "keepdims=<wbr/>True" in heads
        assert "Temperature<wbr/>Logits<wbr/>Warper(<wbr/>T)" in heads

    def test_versions_and_date_stand_below(self):
        table = placed("versions").table
        shown = dict(zip(texts(table.select("th")), texts(table.select("td")), strict=True))

        assert shown == KEPT["versions"]
        assert "Last run on " in table.caption.get_text()

    @pytest.mark.parametrize("name", ["calls", "versions", "softmax"])
    def test_a_table_scrolls_by_itself_and_has_a_name(self, name):
        frame = placed(name).div

        assert (frame["role"], frame["tabindex"]) == ("region", "0")
        assert frame["aria-label"] == frame.caption.get_text()
        assert "generated" in frame.table["class"]

    def test_a_table_that_there_is_not_stops_the_build(self):
        with pytest.raises(ValueError, match="there is no cases:nothing"):
            placed("nothing")

    def test_the_page_shows_every_table(self):
        text = (sites.ROOT / "docs" / "reference" / "crosswalk.md").read_text("utf-8")
        shown = re.findall(r"(?m)^!\[\]\(cases:(.+)\)$", text)
        assert shown == ["calls", *crosswalk.TABLES, "versions"]


class TestWriting:
    @pytest.fixture
    def main(self, monkeypatch):
        monkeypatch.setattr(record, "save", lambda results, path: pytest.fail("written"))
        return rerun

    def test_without_the_libraries_nothing_is_written(self, main, monkeypatch, capsys):
        monkeypatch.setattr(main, "lacking", lambda: ["torch"])

        assert main.main() == 1
        assert "not installed: torch; make crosswalk" in capsys.readouterr().out

    def test_a_call_that_disagrees_stops_it(self, main, monkeypatch, capsys):
        monkeypatch.setattr(main, "lacking", list)
        monkeypatch.setattr(main.libraries, "disagreements", lambda: ["softmax, JAX: wrong"])

        assert main.main() == 1
        assert "softmax, JAX: wrong" in capsys.readouterr().out


FRONT = "---\ndescription: x\nextra: crosswalk\n---\n"


class TestPlugin:
    """A page that needs the extra is skipped with its cure, unless it is asked for."""

    @pytest.fixture
    def without_torch(self, tmp_path):
        (tmp_path / "conftest.py").write_text(
            "import running\nrunning.lacking = lambda: ['torch']\n"
        )

    def test_it_is_skipped_with_the_cure(self, tmp_path, without_torch):
        code, report = run_page(tmp_path, FRONT + in_fence(">>> 1\n2"), options=["-rs"])

        assert code == 0
        assert "1 skipped" in report
        assert "no torch: run make crosswalk" in report

    def test_asked_for_it_runs_whatever_is_missing(self, tmp_path, without_torch):
        page = FRONT + in_fence(">>> import no_such_library")
        code, report = run_page(tmp_path, page, options=["-m", "crosswalk"])

        assert code == 1
        assert "No module named 'no_such_library'" in report

    def test_asked_for_it_is_the_only_one(self, tmp_path):
        page = "---\ndescription: x\n---\n" + in_fence(">>> 1\n2")
        code, _ = run_page(tmp_path, page, options=["-m", "crosswalk"])

        assert code == pytest.ExitCode.NO_TESTS_COLLECTED

    @pytest.mark.parametrize(
        "text", ["Text\nextra: crosswalk\n", "---\na: b\n---\nextra: crosswalk\n"]
    )
    def test_only_the_front_matter_counts(self, tmp_path, text):
        (tmp_path / "page.md").write_text(text)
        assert not needs_extra(tmp_path / "page.md")

    def test_the_pages_that_need_it_say_so(self):
        needing = [file.name for file in sites.sources() if needs_extra(file)]
        assert needing == ["larger-than-memory.md", "crosswalk.md"]
