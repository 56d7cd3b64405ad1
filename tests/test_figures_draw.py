import base64
import re
import struct

import matplotlib
import pytest

from softdial_site.figures import draw
from softdial_site.figures.registry import Declared
from softdial_site.figures.style import STANDARD, label, panel


def declared(text):
    def picture():
        ax = panel(STANDARD)
        ax.plot([0, 1])
        label(ax, text(), (0.5, 0.5))
        return ax.figure

    return Declared(picture, "alt", "caption", [])


@pytest.fixture(scope="module")
def drawing():
    return draw.draw("index-dial")


class TestDraw:
    def test_it_holds_all_that_page_and_downloads_need(self, drawing):
        assert set(drawing) == {"alt", "caption", "values", "script", "inline", "svg", "png"}

    def test_name_and_description_are_alt_text_and_reading(self, drawing):
        assert ">The pair 0.25 and 0.75 at T = 1 sharpens" in drawing["inline"]
        assert ">To the left of T = 1 the larger part grows" in drawing["inline"]

    def test_the_script_saves_under_the_name(self, drawing):
        assert drawing["script"].endswith('dial().savefig("index-dial.svg")\n')

    def test_the_png_is_wide_enough_for_slides(self, drawing):
        head = base64.b64decode(drawing["png"])[:24]
        width, height = struct.unpack(">II", head[16:])

        assert head.startswith(b"\x89PNG")
        assert (width, height) == (2000, 1016)

    def test_the_svg_has_the_same_shape(self, drawing):
        width, height = re.search(r'viewBox="0 0 (\S+) (\S+)"', drawing["svg"]).groups()
        assert float(height) / float(width) == pytest.approx(1016 / 2000, abs=1e-3)


class TestRender:
    def test_two_renderings_are_the_same_bytes(self):
        picture = declared(lambda: "same")

        assert draw.render("a-b", picture) == draw.render("a-b", picture)

    def test_settings_of_ones_own_change_nothing(self, monkeypatch):
        picture = declared(lambda: "same")
        before = draw.render("a-b", picture)
        monkeypatch.setitem(matplotlib.rcParams, "lines.linewidth", 9)

        assert draw.render("a-b", picture) == before

    def test_the_png_tells_its_words_and_its_license(self):
        _, png = draw.render("a-b", declared(lambda: "same"))
        assert b"Description\0alt" in png
        assert b"Copyright\0CC BY 4.0 https://creativecommons.org" in png
        assert b"Software" not in png

    def test_a_drawing_that_changes_is_seen_in_both_files(self):
        picture = declared(iter(("one", "two")).__next__)
        (svg, png), (other_svg, other_png) = (draw.render("a-b", picture) for _ in range(2))

        assert svg != other_svg
        assert png != other_png

    def test_nothing_is_clipped(self):
        svg, _ = draw.render("a-b", declared(lambda: "same"))

        assert "clip" not in svg


class TestTrimmed:
    @pytest.mark.parametrize("room", [10, 40])
    def test_white_that_is_left_above_or_below_makes_no_difference(self, room):
        ax = panel(STANDARD, bottom=30, top=room)
        label(ax, "top", (0.5, 1))
        ax.set_xticks([0.5], ["bottom"])
        box = draw.trimmed(ax.figure)
        drawn = ax.figure.get_tightbbox()

        assert (box.x0, box.width) == (0, ax.figure.get_figwidth())
        assert 72 * (drawn.y0 - box.y0) == pytest.approx(draw.EDGE, abs=0.5)
        assert 72 * (box.y1 - drawn.y1) == pytest.approx(draw.EDGE, abs=0.5)


class TestWords:
    def test_a_caption_splits_into_claim_and_reading(self):
        caption = "**A claim.** Read `p` so. And so. Computed by [`f`](softdial.f)."

        assert draw.words(caption) == ("A claim.", "Read p so. And so.")
