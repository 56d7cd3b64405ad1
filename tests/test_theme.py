import pytest

from softdial_site.theme import FILES, LABELS, mend_files, mended, replaced

LACKING = " ".join(f"<i {lacking}>" for lacking in LABELS)


class TestReplaced:
    def test_a_theme_that_has_changed_is_noticed(self):
        with pytest.raises(ValueError, match=r"the theme has changed: palette.css has no \[data"):
            replaced("a{}b{}", "[data]{}", "", "palette.css")


class TestMended:
    def test_each_lack_of_the_theme_is_mended(self):
        assert mended(LACKING, "x").count("aria-label=") == len(LABELS)

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ('<span title="float">float</span>', "float"),
            ('<i title="b">a</i>', '<i title="b">a</i>'),
            ("<code>1.0</code> )\n \N{EN DASH}", "<code>1.0</code>)\n \N{EN DASH}"),
            ("<code>1.0</code> )", "<code>1.0</code> )"),
            ('<b class="doc-section-title">Raises:</b>', '<b class="doc-section-title">Raises</b>'),
            ('<a tabindex="">', "<a>"),
            ('<a tabindex="0">', '<a tabindex="0">'),
        ],
    )
    def test_what_is_untidy_is_tidied(self, written, shown):
        assert mended(f"{LACKING}{written}", "x").endswith(f">{shown}")

    @pytest.mark.parametrize("lacking", LABELS)
    def test_a_template_without_it_is_noticed(self, lacking):
        with pytest.raises(ValueError, match="the theme has changed: x has no"):
            mended(LACKING.replace(lacking, ""), "x")


class TestMendFiles:
    @pytest.fixture
    def assets(self, tmp_path):
        for pattern, (old, _) in FILES.items():
            file = tmp_path / pattern.replace("*", "0a1b2c3d")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"a;{old}b;")
        return tmp_path

    def test_each_file_is_changed_in_its_place(self, assets):
        mend_files(assets)
        for pattern, (_, new) in FILES.items():
            assert next(assets.glob(pattern)).read_text() == f"a;{new}b;"

    def test_two_files_of_one_name_are_noticed(self, assets):
        (pattern, *_) = FILES
        (assets / pattern.replace("*", "other")).write_text("")
        with pytest.raises(ValueError, match="unpack"):
            mend_files(assets)
