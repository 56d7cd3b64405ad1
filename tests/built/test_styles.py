"""Style sheets: one of our own, and no rule that styles a whole page anew without need."""

import pytest

import sites
from tools import assert_none

SETTING = "data-md-color-switching"  # set and removed by the theme on every page


def costly(site):
    for sheet in sorted(site.rglob("*.css")):
        if SETTING in sheet.read_text("utf-8"):
            yield f"{sheet.name} asks for {SETTING}"


class TestStyles:
    def test_setting_the_palette_touches_nothing_else(self, site):
        assert_none(costly(site))

    def test_a_rule_that_does_is_found(self, tmp_path):
        (tmp_path / "palette.css").write_text(f"[{SETTING}] * {{ color: red }}")

        with pytest.raises(AssertionError, match=r"palette\.css asks"):
            assert_none(costly(tmp_path))


class TestOwnSheet:
    def test_it_holds_the_sheets_of_the_sources_in_their_order(self, site):
        text = (site / "assets" / "softdial.css").read_text("utf-8")
        heads = {
            text.index(sheet.read_text("utf-8")): sheet.stem
            for sheet in (sites.ROOT / "docs" / "assets").glob("*.css")
        }
        assert [name for _, name in sorted(heads.items())] == [
            "site",
            "figures",
            "formulas",
            "explorers",
            "live",
            "print",
        ]

    def test_beside_the_theme_every_page_asks_for_it_alone(self, site):
        for path in sites.pages(site):
            links = sites.parse(site, path).select("link[rel=stylesheet]")
            names = {link["href"].rpartition("/")[2].partition(".")[0] for link in links}
            assert names == {"main", "palette", "softdial"}, path

    def test_no_other_is_left(self, site):
        own = {file.name for file in (site / "assets").glob("*.css")}
        assert own == {"softdial.css", "_mkdocstrings.css"}
