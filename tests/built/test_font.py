"""The math font of the site holds every character that its formulas show."""

import pytest
from fontTools.ttLib import TTFont

import sites
from softdial_site.formulas import code_points, to_mathml
from tools import assert_none


@pytest.fixture(scope="module")
def held(site):
    return TTFont(site / "assets" / "math.woff2").getBestCmap().keys()


def lacking(html, held):
    """Yield the characters of the formulas of a page that the font lacks."""
    yield from (chr(point) for point in sorted(code_points(html) - held))


class TestFont:
    def test_it_lacks_no_character_of_any_page(self, site, held):
        assert_none(
            f"/{path}: {letter}"
            for path in sites.pages(site)
            for letter in lacking(sites.page_file(site, path).read_text("utf-8"), held)
        )

    def test_one_that_it_lacks_is_found(self, held):
        assert list(lacking(to_mathml(r"\text{字} + 1", display=False), held)) == ["字"]
