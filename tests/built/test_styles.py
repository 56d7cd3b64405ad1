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


ORDER = ["site", "figures", "formulas", "explorers", "live", "print"]
SOURCES = {
    sheet.stem: sheet.read_text("utf-8") for sheet in (sites.ROOT / "docs" / "assets").glob("*.css")
}


def held(text):
    """The names of the sheets that a text holds whole, in its order."""
    heads = {text.find(sheet): name for name, sheet in SOURCES.items()}
    return [name for head, name in sorted(heads.items()) if head >= 0]


def styled_otherwise(site):
    """Yield the pages that ask for other sheets than the theme's and ours."""
    for path in sites.pages(site):
        links = sites.parse(site, path).select("link[rel=stylesheet]")
        names = {link["href"].rpartition("/")[2].partition(".")[0] for link in links}
        if names != {"main", "palette", "softdial"}:
            yield f"/{path}: {sorted(names)}"


class TestOwnSheet:
    def test_it_holds_the_sheets_of_the_sources_in_their_order(self, site):
        assert held((site / "assets" / "softdial.css").read_text("utf-8")) == ORDER
        assert sorted(SOURCES) == sorted(ORDER)

    @pytest.mark.parametrize("names", [ORDER[1:], [*ORDER[1:], ORDER[0]]])
    def test_one_that_is_lost_or_comes_late_is_found(self, names):
        assert held("\n".join(SOURCES[name] for name in names)) == names

    def test_beside_the_theme_every_page_asks_for_it_alone(self, site):
        assert_none(styled_otherwise(site))

    @pytest.mark.parametrize("names", [["main", "softdial"], ["main", "palette", "softdial", "a"]])
    def test_a_page_that_asks_for_more_or_less_is_found(self, tmp_path, names):
        links = (f'<link rel="stylesheet" href="../{name}.min.css">' for name in names)
        (tmp_path / "index.html").write_text("".join(links))

        assert list(styled_otherwise(tmp_path)) == [f"/: {sorted(names)}"]

    def test_no_other_is_left(self, site):
        own = {file.name for file in (site / "assets").glob("*.css")}
        assert own == {"softdial.css", "_mkdocstrings.css"}
