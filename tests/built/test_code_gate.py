import pytest

import gate
import sites


@pytest.mark.parametrize("source", sites.sources(), ids=sites.address_of)
def test_every_page_shows_exactly_the_code_that_ran(site, source):
    page = sites.page_file(site, sites.address_of(source))
    gate.check(page.read_text("utf-8"), source)


def test_every_built_page_has_a_source(site):
    assert set(sites.pages(site)) == {"404.html", *map(sites.address_of, sites.sources())}
