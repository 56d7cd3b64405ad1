"""Explorers are for every reader: keyboard, phone, print, colors, and without scripts."""

from io import BytesIO

import numpy as np
import pytest
import stage
from matplotlib.image import imread
from playing import DESK, PHONE, names
from playwright.sync_api import expect
from shifts import shift
from test_axe import violations
from test_figures import misplaced, pale
from test_keyboard import STILL, lost_readers

from tools import assert_none

UNRESERVED = """document.addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".explorer { min-height: 0 !important }");
  document.adoptedStyleSheets = [sheet];
})"""


class TestEveryReader:
    @names
    @pytest.mark.parametrize(
        "options", [{"color_scheme": "light", **DESK}, {"color_scheme": "dark", **PHONE}]
    )
    def test_axe_finds_nothing_and_every_line_and_label_can_be_seen(self, visit, name, options):
        page = visit(name, "?T=2", **options)

        assert_none(violations(page, ".explorer"))
        assert_none([*pale(page), *misplaced(page)])

    def test_axe_finds_nothing_in_the_question(self, visit):
        for options in ({"color_scheme": "light", **DESK}, {"color_scheme": "dark", **PHONE}):
            assert_none(violations(visit("hero", **options), ".explorer"))

    def test_the_ring_of_the_dial_lies_above_its_stops(self, visit):
        slider = visit("hero", "?T=1", **DESK).get_by_role("slider", name="temperature T")
        slider.press("ArrowRight")
        box = slider.bounding_box()
        low = box["y"] + box["height"] + 2  # where the offset of the ring ends
        strip = {"x": box["x"], "y": low, "width": box["width"], "height": 2}
        ring = imread(BytesIO(slider.page.screenshot(clip=strip)))

        assert len(np.unique(ring.reshape(-1, ring.shape[-1]), axis=0)) == 1

    def test_reliability_uses_the_width_of_a_phone(self, visit):
        picture = visit("reliability", "?T=2", **PHONE).locator(".play-plot")
        axes = picture.locator("path.quiet").bounding_box()

        assert axes["width"] > 0.6 * picture.bounding_box()["width"]

    @names
    def test_every_stop_of_the_keyboard_can_be_seen(self, visit, name):
        assert_none(lost_readers(visit(name, "?T=2", **STILL)))

    @names
    @pytest.mark.parametrize("width", [320, 360])
    def test_fingers_find_every_control_and_nothing_leaves_the_panel(self, visit, name, width):
        page = visit(name, "?T=2", viewport={"width": width, "height": 700}, has_touch=True)
        boxes = page.evaluate("""() => [...document.querySelectorAll(".play *")]
          .filter((node) => node.checkVisibility() && !node.closest("svg, option"))
          .map((node) => {
            const { left, right, width, height } = node.getBoundingClientRect();
            const size = node.matches("button, input, select") ? Math.min(width, height) : 24;
            return { left, right, size, html: node.outerHTML };
          })""")
        panel = page.locator(".play").bounding_box()
        for box in boxes:
            assert box["size"] >= 24, box
            assert panel["x"] <= box["left"] + 1, box
            assert box["right"] - 1 <= panel["x"] + panel["width"], box
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    @names
    @pytest.mark.parametrize("view", [DESK, PHONE])
    def test_nothing_below_moves_when_the_script_comes_late(self, chromium, staged, name, view):
        assert shift(chromium, staged, f"{stage.address(name)}?T=2", **view) <= 0.02

    def test_a_shift_is_found(self, chromium, staged):
        path = f"{stage.address('hero')}?T=2"
        assert shift(chromium, staged, path, UNRESERVED, **PHONE) > 0.02

    @names
    def test_the_figure_is_printed_in_its_place(self, visit, name):
        page = visit(name, **DESK, color_scheme="light")
        page.emulate_media(media="print")

        expect(page.locator(".play")).to_be_hidden()
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()
        expect(page.locator(".explorer figcaption > p")).to_be_visible()
        page.emulate_media(media="screen")

    def test_on_screen_the_figure_comes_back_with_its_code(self, visit):
        page = visit("hero", "?T=2")
        expect(page.locator(".explorer > .fig > svg")).to_be_hidden()
        page.get_by_text("Code and files of this figure").click()
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()

    def test_without_scripts_the_figure_stays(self, readers):
        page = readers(java_script_enabled=False).open(stage.address("hero"))

        expect(page.locator(".explorer > .fig > svg")).to_be_visible()
        assert page.locator(".explorer").bounding_box()["height"] < 520

    @pytest.mark.parametrize("logits", ["", "1", "1 x", "nan 1", "inf 0", "-inf -inf"])
    def test_with_bad_numbers_the_figure_stays(self, readers, logits):
        page = readers(**DESK).open(stage.address("hero"))
        page.evaluate(
            """(logits) => {
              const old = document.querySelector(".explorer"), fresh = old.cloneNode();
              fresh.setAttribute("logits", logits);
              fresh.append(old.querySelector("figure"));
              old.replaceWith(fresh);
            }""",
            logits,
        )

        expect(page.locator(".play")).to_have_count(0)
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()

    @names
    def test_in_forced_colors_bars_and_lines_are_seen(self, visit, name):
        page = visit(name, "?T=2", forced_colors="active")
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        inked = "(bar) => getComputedStyle(bar, '::before').backgroundColor"
        bars = [bar.evaluate(inked) for bar in page.locator(".play-bar").all()]

        assert not {back, "rgba(0, 0, 0, 0)"} & set(bars)
        assert_none(pale(page))

    def test_bars_stand_still_for_readers_who_ask_for_it(self, visit):
        style = "getComputedStyle(document.querySelector('.play-bar'), '::before')"
        page = visit("hero", "?T=2", reduced_motion="reduce")

        assert page.evaluate(f"{style}.transitionProperty") == "none"
