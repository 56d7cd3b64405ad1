"""Instant navigation: the next page is swapped in, whole, without a new load."""

import re

import pytest
from harness import reading
from playwright.sync_api import expect

import sites
from tools import assert_none

ARRIVED = "(url) => document.querySelector('link[rel=canonical]')?.href === url"
PARTS = (".language-python", "article svg[role=img]", "article math")

LATE = """
const { set, get } = Object.getOwnPropertyDescriptor(HTMLLinkElement.prototype, "href");
window.late = [];
Object.defineProperty(HTMLLinkElement.prototype, "href", {
  get,
  set(address) {
    if (this.rel === "stylesheet" && document.body) late.push(address);
    set.call(this, address);
  },
});
"""


def follow(reader, link):
    """Click a link and wait until its page is there; return the page's path."""
    url = link.evaluate("(link) => link.href")
    link.click()
    reader.page.wait_for_function(ARRIVED, arg=url)
    return url.removeprefix(reader.base)


def read_on(reader):
    """Read from the first page to the last one by the link at the foot of each."""
    page = reader.open("")
    page.evaluate("window.stays = true")
    onward = page.locator("a.md-footer__link--next")
    while onward.count():
        path = follow(reader, onward)
        assert page.evaluate("window.stays"), f"/{path} was loaded anew"
        yield path


class TestInstantNavigation:
    def test_the_whole_book_is_read_to_its_end_in_one_load(self, reader, site, pages):
        seen = {""}
        for path in read_on(reader):
            seen.add(path)
            expected = sites.parse(site, path)
            for part in PARTS:
                expect(reader.page.locator(part)).to_have_count(len(expected.select(part)))
            buttons = reader.page.locator("article .copy")
            blocks = expected.select("article :is(.language-python, .language-sh, .language-text)")
            signatures = expected.select(".doc-signature")
            expect(buttons).to_have_count(len(blocks) - len(signatures))

        assert_none(reader.trouble)
        assert seen == set(pages) - {"404.html"}

    @pytest.mark.parametrize("link", ["a.md-footer__link--next", "a[href$='logits/#gaps']"])
    def test_to_scroll_while_a_page_is_on_its_way_does_not_move_it(self, reader, link):
        page = reader.open("learn/temperature/")
        page.route(
            re.compile("/learn/(numerics|logits)/$"),
            lambda route: (page.wait_for_timeout(800), route.fallback()),
        )
        link = page.locator(link).first
        link.scroll_into_view_if_needed()
        link.evaluate("""(link) => {
          setTimeout(() => scrollBy(0, -40), 200);
          link.click();
        }""")
        page.wait_for_function(ARRIVED, arg=link.evaluate("(link) => link.href.split('#')[0]"))
        page.wait_for_timeout(500)
        at = page.evaluate(
            "document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top"
        )
        assert (page.evaluate("scrollY") if at is None else abs(at)) < 150

    def test_the_search_gives_the_keyboard_back_to_the_page(self, reader):
        page = reader.open("")
        page.keyboard.press("/")
        page.keyboard.type("entropy")
        page.locator(".md-search-result__item").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/\?h="))
        expect(page.locator(".md-search__input")).not_to_be_focused()

    def test_a_link_to_a_search_leaves_the_keyboard_there(self, reader):
        page = reader.open("?q=entropy")
        page.locator(".md-search-result__item").first.wait_for()
        expect(page.locator(".md-search__input")).to_be_focused()

    def test_the_math_font_is_asked_for_ahead_of_time_by_the_first_page_alone(self, reader):
        ahead = reader.page.locator("link[rel=preload]")
        page = reader.open("learn/seed/")
        path = follow(reader, page.locator("a.md-footer__link--next"))
        expect(page.locator("article math")).not_to_have_count(0)
        expect(ahead).to_have_count(0)  # it would be in vain where the font is known

        reader.open(path)
        expect(ahead).to_have_count(1)

    def test_a_new_load_is_found(self, planted):
        with planted("") as reader:
            (reader.site / "sitemap.xml").write_text("<urlset></urlset>")

            with pytest.raises(AssertionError, match="was loaded anew"):
                list(read_on(reader))


class TestStyleSheets:
    def test_none_is_read_again_once_the_page_is_styled(self, reader):
        assert self.read_late(reader) == []

    def test_one_that_is_is_found(self, planted):
        with planted("") as reader:
            page = reader.site / "index.html"
            page.write_text(page.read_text("utf-8").replace("sheet.href = sheet.href", ""), "utf-8")

            assert len(self.read_late(reader)) == 3

    def read_late(self, reader):
        reader.page.add_init_script(LATE)
        return reader.open_whole("").evaluate("late")


class TestFirstVisit:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("path", ["", "learn/odds/", "404.html"])
    def test_it_has_the_scheme_of_the_system_before_the_script_of_the_theme_has_come(
        self, chromium, site, scheme, path
    ):
        with reading(chromium, site, color_scheme=scheme) as reader:
            reader.page.route("**/bundle.*.js", lambda route: route.abort())
            early = self.background(reader.open(path))
            reader.page.unroute_all()
            assert self.background(reader.open(path)) == early
            assert early == {"light": "rgb(255, 255, 255)", "dark": "rgb(30, 33, 41)"}[scheme]

    def background(self, page):
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    @pytest.mark.parametrize(("scheme", "found"), [("light", "normal"), ("dark", "dark")])
    def test_bars_and_fields_of_the_browser_have_it_too(self, chromium, site, scheme, found):
        with reading(chromium, site, color_scheme=scheme) as reader:
            page = reader.open("")
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == found
