from bs4 import BeautifulSoup

from softdial_site.tables import plain, scrolling, spelled, wrapped


class TestScrolling:
    def test_the_frame_is_named_by_the_caption_and_reached_by_tab(self):
        frame = BeautifulSoup(scrolling("cases", 'a<b> "c"', ""), "html.parser").div
        assert frame["aria-label"] == frame.caption.get_text() == 'a<b> "c"'
        assert frame["tabindex"] == "0"

    def test_only_calls_are_searched(self):
        assert "data-search-exclude" in scrolling("cases", "", "")
        assert "data-search-exclude" not in scrolling("calls", "", "")


class TestPlain:
    def test_the_first_cell_names_its_row(self):
        rows = BeautifulSoup(plain(["a", "<b>"], [("<x>", "<y>")]), "html.parser")
        assert [cell["scope"] for cell in rows.select("th")] == ["col", "col", "row"]
        assert [cell.get_text() for cell in rows.select("th, td")] == ["a", "<b>", "<x>", "<y>"]

    def test_without_names_there_is_no_head(self):
        assert "thead" not in plain([], [("x", "1")])


class TestWrapped:
    def test_each_table_without_a_class_has_a_parent_of_its_own(self):
        html = "<p></p><table>one</table>\n<table>two</table>"
        assert (
            wrapped(html) == "<p></p><div><table>one</table></div>\n<div><table>two</table></div>"
        )

    def test_the_tables_of_the_build_have_one(self):
        frame = scrolling("cases", "", "")
        assert wrapped(frame) == frame


class TestSpelled:
    def test_a_day_has_no_zero_before_it_and_its_month_a_name(self):
        assert spelled("2026-08-03") == "3 August 2026"
