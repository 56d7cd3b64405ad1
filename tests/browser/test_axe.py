"""axe-core finds what is planted; test_looks runs it on the pages."""

from pathlib import Path

import axe_playwright_python
import pytest
from harness import open_details, see_code

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = {"target-size": {"enabled": True}}
# Contrast takes most of the time, so a look is judged once: a kind of text on what lies behind it.
# Returns the looks that are new in a part of the page.
NEW_LOOKS = """([part, judged]) => {
  const known = new Set(judged), fresh = new Set(), backs = new Map();
  const shows = (node) => node.checkVisibility({ visibilityProperty: true }) &&
    [...node.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const told = (style, names) => names.map((name) => style[name]).join();
  for (const node of document.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    const own = told(style, ["backgroundColor", "backgroundImage", "opacity", "position"]);
    const behind = backs.get(node.parentNode) ?? "";
    const back = own === "rgba(0, 0, 0, 0),none,1,static" ? behind : `${behind}/${own}`;
    const look = `${back} ${told(style, ["color", "fontSize", "fontWeight"])}`;
    backs.set(node, back);
    if (!node.closest(part)) continue; // it lies behind, and is not judged
    node.toggleAttribute("data-alike", known.has(look));
    if (shows(node)) {
      if (!known.has(look)) fresh.add(look);
      known.add(look);
    }
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-alike])" }] });
  return [...fresh];
}"""
RUN = """async ([part, options]) => (await axe.run(part, options)).violations"""
WHOLE = {"resultTypes": ["violations"], "rules": RULES}
PALE = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}


def violations(page, part="html", options=WHOLE, judged=None):
    """Yield what breaks a rule; looks judged on other pages are left out, and this page's added."""
    judged = set() if judged is None else judged
    page.evaluate(AXE.read_text("utf-8"))
    open_details(page)
    see_code(page)
    judged.update(page.evaluate(NEW_LOOKS, [part, list(judged)]))
    for violation in page.evaluate(RUN, [part, options]):
        for node in violation["nodes"]:
            yield f"{violation['impact']} {violation['id']}: {node['target']} {node['html']}"


class TestAxe:
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

    def test_a_look_that_stands_outside_of_the_part_too_is_judged(self, planted):
        gray = "<p><font color='#ccc'>pale</font></p>"
        with planted(f"{gray}<section id='part'>{gray}</section>", color_scheme="light") as reader:
            assert len(list(violations(reader.open(""), "#part"))) == 1

    def test_a_look_is_judged_once_and_a_new_one_on_a_later_page_is_found(self, planted):
        gray = '<p><font color="#ccc">pale</font></p>'
        with planted(gray, color_scheme="light") as reader:
            judged = set()
            first, again = (list(violations(reader.open(""), judged=judged)) for _ in range(2))
            page = reader.open("learn/odds/")
            page.evaluate("document.querySelector('article p').style.color = '#bbb'")
            later = list(violations(page, judged=judged))

        assert [len(found) > 0 for found in (first, again, later)] == [True, False, True]
