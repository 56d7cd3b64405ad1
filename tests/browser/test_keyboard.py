"""Everything is reached by Tab, and every stop shows where the reader is."""

from functools import partial

import pytest
from harness import on_every, open_details, reading

import sites
from tools import assert_none

# Notes each stop of Tab from the top of a part of the page until the focus leaves it or returns:
# whether the stop can be seen, and whether it has a ring.
FOLLOW = """(part) => {
  const top = document.querySelector(part);
  const way = { stops: [], over: false, told: (node) => {
    // the choice of palette shows its label in its place
    const shown = node.matches("input.md-option") ? node.nextElementSibling : node;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    const { width, height } = shown.getBoundingClientRect();
    return {
      node,
      name: node.outerHTML.slice(0, 120),
      inside: Boolean(node.closest("article")),
      ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      seen: shown.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        width > 1 && height > 1,
    };
  } };
  top.tabIndex = -1;
  top.focus();
  document.addEventListener("focusin", ({ target }) => {
    way.over ||= !top.contains(target) || way.stops.some(({ node }) => node === target);
    if (!way.over) way.stops.push(way.told(target));
  });
  window.way = way;
}"""
FOUND = """async () => {
  // what opens by script needs a moment to see that the focus left, and one to open
  const moment = () => new Promise((later) => setTimeout(later, 300));
  for (const stop of way.stops.filter(({ seen }) => !seen)) {
    document.activeElement.blur();
    await moment();
    stop.node.focus();
    await moment();
    Object.assign(stop, way.told(stop.node));
  }
  return way.stops.map(({ node, ...told }) => told);
}"""

CONTROLS = """() => [...document.querySelectorAll(
    "article :is(a[href], button, input, select, summary, textarea)")]
  .filter((node) => node.checkVisibility()).length"""

FEW, MANY = 20, 1000


def stops(page, part):
    """List the stops of Tab from the top of a part of the page to its end."""
    page.evaluate(FOLLOW, part)
    for _ in range(0, MANY, FEW):
        for _ in range(FEW):
            page.keyboard.down("Tab")  # one message; to press it takes two
        page.keyboard.up("Tab")
        if page.evaluate("way.over"):
            return page.evaluate(FOUND)
    raise AssertionError(f"Tab never leaves the {part}")


def lost_readers(page, part="body"):
    """Yield the stops that show no ring or cannot be seen, and controls that Tab passes by."""
    open_details(page)
    found = stops(page, part)
    yield from (f"no ring: {stop['name']}" for stop in found if not stop["ring"])
    yield from (f"not seen: {stop['name']}" for stop in found if not stop["seen"])
    missed = page.evaluate(CONTROLS) - sum(stop["inside"] for stop in found)
    if missed > 0:
        yield f"{missed} controls are passed by"


# without motion, rings and links stand at once
STILL = {"reduced_motion": "reduce"}


class TestKeyboard:
    @pytest.mark.parametrize("width", [1280, 360])
    def test_every_stop_can_be_seen(self, chromium, site, pages, width):
        kinds = sites.one_of_each_kind(site)
        # on a phone the pages of a folder are alike around their articles: no contents beside them
        folders = {path.partition("/")[0]: path for path in pages}.values()
        whole, others = (kinds, pages) if width > 1000 else (folders, kinds)
        articles = partial(lost_readers, part="article")
        with reading(chromium, site, viewport={"width": width, "height": 900}, **STILL) as reader:
            found = on_every(whole, reader, lost=lost_readers)
            more = on_every(sorted({*others} - {*whole}), reader, lost=articles)
        assert_none(found["lost"] + more["lost"])

    @pytest.mark.parametrize("part", ["body", "article"])
    @pytest.mark.parametrize(
        ("fragment", "script", "found"),
        [
            ('<a href="#" id="bare">x</a>', "bare.style.outline = 'none'", "no ring: <a href"),
            ('<a href="#" id="gone">x</a>', "gone.style.opacity = 0", "not seen: <a href"),
            ('<a href="#" tabindex="-1">x</a>', "", "1 controls are passed by"),
        ],
    )
    def test_a_planted_defect_is_found(self, planted, fragment, script, found, part):
        with planted(fragment, script, **STILL) as reader:
            findings = list(lost_readers(reader.open(""), part))

        assert any(finding.startswith(found) for finding in findings)
