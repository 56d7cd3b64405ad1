"""Everything is reached by Tab, and every stop shows where the reader is."""

import pytest
from harness import on_every, open_details, reading

import sites
from tools import assert_none

# The stop that has the focus, whether it can be seen, and whether it has a ring.
STOP = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  // the choice of palette shows its label in its place
  const shown = node.matches("input.md-option") ? node.nextElementSibling : node;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { width, height } = shown.getBoundingClientRect();
  return {
    name: node.outerHTML.slice(0, 120),
    inside: Boolean(node.closest("article")),
    ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    seen: shown.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      width > 1 && height > 1,
  };
}"""

CONTROLS = """() => [...document.querySelectorAll(
    "article :is(a[href], button, input, select, summary, textarea)")]
  .filter((node) => node.checkVisibility()).length"""

MANY = 1000


def stops(page):
    """Yield each stop of Tab from the top of the page to its end."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        if not stop["seen"]:  # what opens by script needs a moment
            page.wait_for_timeout(300)
            stop = page.evaluate(STOP)
        yield stop
    raise AssertionError("Tab never leaves the page")


def lost_readers(page):
    """Yield the stops that show no ring or cannot be seen, and controls that Tab passes by."""
    open_details(page)
    found = list(stops(page))
    yield from (f"no ring: {stop['name']}" for stop in found if not stop["ring"])
    yield from (f"not seen: {stop['name']}" for stop in found if not stop["seen"])
    missed = page.evaluate(CONTROLS) - sum(stop["inside"] for stop in found)
    if missed > 0:
        yield f"{missed} controls are passed by"


# without motion, rings and links stand at once
STILL = {"reduced_motion": "reduce"}


class TestKeyboard:
    @pytest.mark.parametrize(
        ("width", "choose"), [(1280, sites.pages), (360, sites.one_of_each_kind)]
    )
    def test_every_stop_can_be_seen(self, chromium, site, width, choose):
        with reading(chromium, site, viewport={"width": width, "height": 900}, **STILL) as reader:
            assert_none(on_every(choose(site), reader, lost_readers))

    @pytest.mark.parametrize(
        ("fragment", "script", "found"),
        [
            ('<a href="#" id="bare">x</a>', "bare.style.outline = 'none'", "no ring: <a href"),
            ('<a href="#" id="gone">x</a>', "gone.style.opacity = 0", "not seen: <a href"),
            ('<a href="#" tabindex="-1">x</a>', "", "1 controls are passed by"),
        ],
    )
    def test_a_planted_defect_is_found(self, planted, fragment, script, found):
        with planted(fragment, script, **STILL) as reader:
            findings = list(lost_readers(reader.open("")))

        assert any(finding.startswith(found) for finding in findings)
