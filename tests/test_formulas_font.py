import io

import pytest
from fontTools.ttLib import TTFont

from softdial_site.formulas import code_points, font, to_mathml, write_font

P, Z = "\N{MATHEMATICAL ITALIC SMALL P}", "\N{MATHEMATICAL ITALIC SMALL Z}"
POINTS = set(map(ord, f"{P}{Z}=∑01"))


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    folder = tmp_path_factory.mktemp("font")
    write_font(POINTS, folder / "math.woff2", cache=folder / "cache")
    return folder


class TestCodePoints:
    def test_single_letters_are_set_in_italics(self):
        points = code_points(to_mathml(r"p = \log z", display=False))
        assert set(map(ord, f"{P}{Z}log=")) <= points
        assert ord("p") not in points

    def test_words_and_the_italic_h_need_their_own(self):
        points = code_points(to_mathml(r"h = 1 \text{if so}", display=False))
        assert set(map(ord, "\N{PLANCK CONSTANT}=1ifso")) <= points

    def test_what_stands_between_two_formulas_needs_none(self):
        formula = to_mathml("1", display=False)
        assert code_points(f"{formula}<mi>z</mi>{formula}") == {ord("1")}

    def test_roots_need_their_sign(self):
        assert ord("√") in code_points(to_mathml(r"\sqrt{d}", display=False))

    def test_a_sign_is_not_what_html_writes_for_it(self):
        assert code_points(to_mathml("1 < 2", display=False)) == set(map(ord, "1<2"))

    def test_text_beside_formulas_needs_none(self):
        assert code_points("<p>Text with z and ∑.</p>") == set()


class TestWriteFont:
    def test_it_holds_what_was_asked_and_can_set_formulas(self, cut):
        made = TTFont(cut / "math.woff2")
        assert set(made.getBestCmap()) >= POINTS
        assert len(made.getBestCmap()) <= len(POINTS) + 5
        constants = made["MATH"].table.MathConstants
        assert constants.SubscriptBaselineDropMin.Value == 0
        assert constants.SuperscriptBaselineDropMax.Value == 380

    def test_the_same_characters_give_the_same_bytes_on_any_day(self, cut, tmp_path, monkeypatch):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")  # today, for what asks for it
        write_font(POINTS, tmp_path / "again.woff2", cache=tmp_path / "cache")
        assert (tmp_path / "again.woff2").read_bytes() == (cut / "math.woff2").read_bytes()

    def test_what_was_cut_once_is_kept_and_what_was_damaged_is_cut_again(
        self, cut, tmp_path, monkeypatch
    ):
        (kept,) = (cut / "cache").iterdir()
        with monkeypatch.context() as patch:
            patch.setattr(font, "_cut", None)
            write_font(POINTS, tmp_path / "kept.woff2", cache=cut / "cache")
        whole = (cut / "math.woff2").read_bytes()
        kept.write_bytes(b"damaged")
        write_font(POINTS, tmp_path / "again.woff2", cache=cut / "cache")
        assert (tmp_path / "again.woff2").read_bytes() == whole

    def test_copyright_and_license_go_along_under_another_name(self, cut):
        names = TTFont(cut / "math.woff2")["name"]
        assert "STIX Fonts Project Authors" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)
        assert names.getDebugName(1) == "Softdial Math"

    def test_a_character_that_the_font_lacks_stops_the_build(self, tmp_path):
        with pytest.raises(ValueError, match="the math font lacks 字"):
            write_font({ord("字")}, tmp_path / "math.woff2", cache=tmp_path)

    def test_it_is_a_woff2(self, cut):
        assert io.BytesIO((cut / "math.woff2").read_bytes()).read(4) == b"wOF2"
