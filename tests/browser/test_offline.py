"""The site that a release packs is read without any network but one's own machine."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
from harness import Reader
from playwright.sync_api import expect

import sites
from tools import assert_none


class Offline(Reader):
    """A visitor whose only host is the one on this machine."""

    def __init__(self, site, context, host):
        super().__init__(site, context)
        self.base = host

    def _answer(self, route):
        if route.request.url.startswith(self.base):
            route.continue_()
        else:
            self._note(f"request to elsewhere: {route.request.url}")
            route.abort()

    def open(self, path):
        answer = self.page.goto(self.base + path)
        if not answer.ok:
            self._note(f"{answer.status} for /{path}")
        return self.page


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """The site, packed as `make zip` does and unpacked again."""
    folder = tmp_path_factory.mktemp("release")
    pack = [sys.executable, "-m", "zipfile"]
    subprocess.run([*pack, "-c", folder / "site.zip", site], check=True)
    subprocess.run([*pack, "-e", folder / "site.zip", folder], check=True)
    return folder / site.name


@pytest.fixture
def visit(chromium):
    """Open a folder offline; use as a context."""

    @contextmanager
    def opened(folder):
        with sites.served(folder) as host:
            context = chromium.new_context()
            try:
                yield Offline(folder, context, host)
            finally:
                context.close()

    return opened


class TestPackedSite:
    def test_it_holds_the_same_files(self, site, unpacked):
        names = [
            sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
            for folder in (site, unpacked)
        ]
        assert names[0] == names[1]

    def test_every_kind_of_page_opens_and_asks_nobody_else(self, unpacked, visit):
        with visit(unpacked) as reader:
            # the page for missing addresses is for hosts, which know their own address
            for path in set(sites.one_of_each_kind(unpacked)) - {"404.html"}:
                reader.open_whole(path)
            assert_none(reader.trouble)

    def test_links_and_search_work(self, unpacked, visit):
        with visit(unpacked) as reader:
            page = reader.open("")
            page.locator("a.md-footer__link--next").click()
            page.wait_for_url("**/learn/seed/")
            page.locator("input.md-search__input").fill("temperature")
            expect(page.locator(".md-search-result__item").first).to_be_visible()
            assert_none(reader.trouble)

    def test_a_page_that_needs_the_network_is_found(self, unpacked, visit, tmp_path):
        (tmp_path / "index.html").write_text(
            '<link rel="canonical" href="https://a.test/"><img src="https://b.test/x.png">'
        )
        with visit(tmp_path) as reader:
            reader.open_whole("")
            assert any("elsewhere: https://b.test/x.png" in trouble for trouble in reader.trouble)

    def test_a_page_that_is_missing_is_found(self, unpacked, visit):
        with visit(unpacked) as reader:
            reader.open("none/")
            assert any("404 for /none/" in trouble for trouble in reader.trouble)
