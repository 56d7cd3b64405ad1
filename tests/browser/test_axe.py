"""axe-core on whole pages, both color schemes, wide and narrow: no violation of any impact."""

from functools import partial
from pathlib import Path

import axe_playwright_python
import pytest
from harness import on_every, open_details, reading

import sites
from tools import assert_none

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = {"target-size": {"enabled": True}}
# contrast takes most of the time; what looks alike, up to the box it stands in, is judged once
ALIKE = """() => {
  const judged = (node) => node.checkVisibility({ visibilityProperty: true }) &&
    [...node.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  for (const box of document.querySelectorAll("header, nav, article, footer")) {
    const looks = new Map([[box, ""]]);
    const seen = new Set();
    for (const node of box.querySelectorAll("*")) {
      const style = getComputedStyle(node);
      const own = ["color", "backgroundColor", "backgroundImage", "opacity", "position",
        "fontSize", "fontWeight"].map((name) => style[name]);
      const look = [looks.get(node.parentNode), ...own].join();
      looks.set(node, look);
      node.toggleAttribute("data-alike", seen.has(look));
      if (judged(node)) seen.add(look);
    }
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-alike])" }] });
}"""
RUN = """async ([part, options]) => (await axe.run(part, options)).violations"""
WHOLE = {"resultTypes": ["violations"], "rules": RULES}
PALE = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}


def look(chromium, site, scheme, width):
    return reading(chromium, site, color_scheme=scheme, viewport={"width": width, "height": 900})


def violations(page, part="html", options=WHOLE):
    """Yield what breaks a rule."""
    page.evaluate(AXE.read_text("utf-8"))
    open_details(page)
    page.evaluate(ALIKE)
    for violation in page.evaluate(RUN, [part, options]):
        for node in violation["nodes"]:
            yield f"{violation['impact']} {violation['id']}: {node['target']} {node['html']}"


class TestAxe:
    @pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
    def test_no_page_violates_a_rule(self, chromium, site, pages, scheme, width):
        with look(chromium, site, scheme, width) as reader:
            assert_none(on_every(pages, reader, violations))

    # the other rules do not depend on the scheme, and both widths have met them
    @pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
    def test_text_stands_out_the_other_way_round_too(self, chromium, site, scheme, width):
        with look(chromium, site, scheme, width) as reader:
            pale = partial(violations, options=PALE)
            assert_none(on_every(sites.one_of_each_kind(site), reader, pale))

    @pytest.mark.parametrize(
        ("fragment", "rule"),
        [
            ('<img src="assets/logo.svg">', "critical image-alt"),
            ('<p><font color="#cccccc">pale</font></p>', "serious color-contrast"),
            (
                "<pre>dark <b>dark</b> <font color='#ccc'>pale</font></pre>",
                "serious color-contrast",
            ),
            (
                "<pre><b>dark</b> <font color='#ccc'><b>pale</b></font></pre>",
                "serious color-contrast",
            ),
            (
                "<table><tr><th>A</th></tr><tr><td>dark</td></tr>"
                "<tr><td><font color='#ccc'>pale</font></td></tr></table>",
                "serious color-contrast",
            ),
            (
                "<font color='#ccc'></font><font color='#ccc' hidden>unseen</font>"
                "<font color='#ccc'>pale</font>",
                "serious color-contrast",
            ),
            ("<h2>Two</h2><h5>Five</h5>", "moderate heading-order"),
            ("<table><tr><th></th><td>1</td></tr></table>", "minor empty-table-header"),
        ],
    )
    def test_a_planted_violation_of_every_impact_is_found(self, planted, fragment, rule):
        with planted(fragment, color_scheme="light") as reader:
            assert any(found.startswith(rule) for found in violations(reader.open("")))

    @pytest.mark.parametrize(("color", "found"), [("#ccc", True), ("#333", False)])
    def test_pale_text_is_found_without_the_other_rules(self, planted, color, found):
        fragment = f'<p><font color="{color}">text</font></p><img src="assets/logo.svg">'
        with planted(fragment, color_scheme="light") as reader:
            lines = list(violations(reader.open(""), options=PALE))

        assert any(line.startswith("serious color-contrast") for line in lines) == found
        assert not any("image-alt" in line for line in lines)
