"""axe-core on whole pages, both color schemes, wide and narrow: no violation of any impact."""

from pathlib import Path

import axe_playwright_python
import pytest
from harness import open_details, reading

import sites
from tools import assert_none

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def look(chromium, site, scheme, width):
    return reading(chromium, site, color_scheme=scheme, viewport={"width": width, "height": 900})


def violations(page, part="html"):
    page.evaluate(AXE.read_text("utf-8"))
    open_details(page)
    result = page.evaluate("([part, options]) => axe.run(part, options)", [part, OPTIONS])
    for violation in result["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['impact']} {violation['id']}: {node['target']} {node['html']}"


class TestAxe:
    @pytest.mark.parametrize(
        ("scheme", "width", "choose"),
        [
            ("light", 1280, sites.pages),
            ("dark", 360, sites.pages),
            ("light", 360, sites.one_of_each_kind),
            ("dark", 1280, sites.one_of_each_kind),
        ],
    )
    def test_no_page_violates_a_rule(self, chromium, site, scheme, width, choose):
        with look(chromium, site, scheme, width) as reader:
            assert_none(
                f"/{path}: {violation}"
                for path in choose(site)
                for violation in violations(reader.open(path))
            )

    @pytest.mark.parametrize(
        ("fragment", "rule"),
        [
            ('<img src="assets/logo.svg">', "critical image-alt"),
            ('<p><font color="#cccccc">pale</font></p>', "serious color-contrast"),
            ("<h2>Two</h2><h5>Five</h5>", "moderate heading-order"),
            ("<table><tr><th></th><td>1</td></tr></table>", "minor empty-table-header"),
        ],
    )
    def test_a_planted_violation_of_every_impact_is_found(self, planted, fragment, rule):
        with planted(fragment, color_scheme="light") as reader:
            assert any(found.startswith(rule) for found in violations(reader.open("")))
