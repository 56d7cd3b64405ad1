"""Every page in both schemes and both widths: rules of axe, legible figures and formulas."""

from functools import partial

import pytest
from harness import on_every, reading
from test_axe import PALE, violations
from test_figures import misplaced, pale
from test_formulas import crooked

import sites
from tools import assert_none


def look(chromium, site, scheme, width):
    return reading(chromium, site, color_scheme=scheme, viewport={"width": width, "height": 900})


@pytest.fixture(scope="module", params=[("light", 1280), ("dark", 360)], ids=repr)
def found(request, chromium, site):
    """What is wrong with figures, formulas and rules on all pages in one look."""
    with look(chromium, site, *request.param) as reader:
        rules = partial(violations, judged=set())
        checks = {"pale": pale, "misplaced": misplaced, "crooked": crooked, "rules": rules}
        return on_every(sites.pages(site), reader, **checks)


class TestEveryPage:
    def test_many_have_figures_to_look_at(self, site):
        drawn = [path for path in sites.pages(site) if sites.parse(site, path).select("figure.fig")]
        assert len(drawn) > 20

    def test_text_and_lines_of_figures_stand_out(self, found):
        assert_none(found["pale"])

    def test_labels_of_figures_stand_apart_and_inside(self, found):
        assert_none(found["misplaced"])

    def test_columns_of_formulas_meet_and_bars_are_drawn(self, found):
        assert_none(found["crooked"])

    def test_no_rule_of_axe_is_violated(self, found):
        assert_none(found["rules"])


class TestEachKindOfPage:
    # the other rules do not depend on the scheme, and both widths have met them
    @pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
    def test_text_stands_out_the_other_way_round_too(self, chromium, site, scheme, width):
        with look(chromium, site, scheme, width) as reader:
            faint = partial(violations, options=PALE, judged=set())
            found = on_every(sites.one_of_each_kind(site), reader, faint=faint)
        assert_none(found["faint"])
