import json

import pytest

from softdial_site.searchable import exclude, name_sections


class TestExclude:
    def test_sources_are_left_out_on_every_page(self):
        page = exclude("<p>Sources: a</p><p>b</p>", "reference/api.md")
        assert page == "<p data-search-exclude>Sources: a</p><p>b</p>"

    @pytest.mark.parametrize(
        ("source", "shown"),
        [("contribute.md", "<ol data-search-exclude>"), ("learn/odds.md", "<ol>")],
    )
    def test_other_parts_are_left_out_where_nobody_looks_for_them(self, source, shown):
        assert exclude("<ol>", source) == shown

    def test_a_source_is_known_by_any_of_its_beginnings(self):
        lists = [exclude("<ul>", f"teach/{name}.md") for name in ("plan-30", "notes", "quiz")]
        assert lists == ["<ul data-search-exclude>"] * 2 + ["<ul>"]


class TestNameSections:
    @pytest.fixture
    def index(self, tmp_path):
        docs = [{"location": f"a/{at}", "tags": ["A", "B"]} for at in ("", "#x", "#y")]
        (tmp_path / "index.json").write_text(json.dumps({"docs": docs}))
        return tmp_path / "index.json"

    def test_a_section_is_found_by_its_own_names_alone(self, index):
        name_sections(index, {"a/#x": ["C"]})
        tags = [entry["tags"] for entry in json.loads(index.read_text())["docs"]]
        assert tags == [["A", "B"], ["C"], ["A", "B"]]

    def test_names_of_a_section_that_is_not_there_stop_the_build(self, index):
        with pytest.raises(ValueError, match="not there: a/#z"):
            name_sections(index, {"a/#z": ["C"]})
