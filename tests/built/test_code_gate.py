import pytest

import sites
from softdial_site import gate

DOCS = sites.ROOT / "docs"
SOURCES = sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.py")])


def address(source):
    name = source.relative_to(DOCS).with_suffix("").as_posix()
    return "" if name == "index" else f"{name}/"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(DOCS)))
def test_every_page_shows_exactly_the_code_that_ran(site, source):
    gate.check(sites.page_file(site, address(source)).read_text("utf-8"), source)


def test_every_built_page_has_a_source(site):
    assert set(sites.pages(site)) == {"404.html", *map(address, SOURCES)}
