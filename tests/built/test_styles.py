"""No style sheet has a rule that makes a browser style a whole page anew without need."""

import pytest

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
