import pytest
from mkdocs.exceptions import PluginError

from softdial_site.hooks import FILE_MENDS, THEME_MENDS, mended, replaced

LACKING = " ".join(f"<i {lacking}>" for lacking in THEME_MENDS)


class TestReplaced:
    @pytest.mark.parametrize(("old", "new"), FILE_MENDS.values())
    def test_what_is_there_is_replaced(self, old, new):
        assert replaced(f"a;{old}b;", old, new, "palette.css") == f"a;{new}b;"

    def test_a_theme_that_has_changed_is_noticed(self):
        with pytest.raises(PluginError, match=r"the theme has changed: palette.css has no \[data"):
            replaced("a{}b{}", "[data]{}", "", "palette.css")


class TestMended:
    def test_each_lack_of_the_theme_is_mended(self):
        assert mended(LACKING, "x").count("aria-label=") == len(THEME_MENDS)

    @pytest.mark.parametrize("lacking", THEME_MENDS)
    def test_a_template_without_it_is_noticed(self, lacking):
        with pytest.raises(PluginError, match="the theme has changed: x has no"):
            mended(LACKING.replace(lacking, ""), "x")
