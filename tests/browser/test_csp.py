"""The Content-Security-Policy holds, and nothing that readers use runs into it."""

from harness import reading

import sites
from tools import assert_none

BLOCKED = "violates the following Content Security Policy directive"
META = 'meta[http-equiv="Content-Security-Policy"]'


def use(reader):
    """Do what a reader does: search, change the palette, copy, go on to the next page."""
    page = reader.open("")
    page.locator("input.md-search__input").click()
    page.keyboard.type("temperature")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("label[for=__palette_1]").first.click()
    page.locator(".snippet .copy").first.click()
    page.locator("a.md-footer__link--next").click()
    page.wait_for_url("**/learn/seed/")
    page.locator("#seed").wait_for()
    page.go_back()
    page.locator(".fig").first.wait_for()


class TestPolicy:
    def test_every_page_carries_the_same_one(self, site):
        found = [sites.parse(site, path).select(META) for path in sites.pages(site)]
        assert {len(metas) for metas in found} == {1}
        assert len({metas[0]["content"] for metas in found}) == 1

    def test_nothing_a_reader_does_runs_into_it(self, chromium, site):
        with reading(chromium, site, permissions=["clipboard-write"]) as reader:
            use(reader)

            assert_none(reader.trouble)

    def test_a_planted_inline_script_is_blocked(self, planted):
        with planted("<script>window.planted = 1</script>") as reader:
            page = reader.open("")

            assert page.evaluate("window.planted") is None
            assert any(BLOCKED in trouble for trouble in reader.trouble)

    def test_a_planted_style_attribute_is_blocked(self, planted):
        with planted('<p id="planted" style="color: red">x</p>') as reader:
            page = reader.open("")

            assert page.locator("#planted").evaluate("(p) => getComputedStyle(p).color") != (
                "rgb(255, 0, 0)"
            )
            assert any(BLOCKED in trouble for trouble in reader.trouble)
