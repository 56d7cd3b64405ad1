"""The Content-Security-Policy holds, and nothing that readers use runs into it."""

import pytest
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


def unequal(site):
    """Yield the pages whose policies are not one, and that of the first page."""
    told = {
        path: [meta["content"] for meta in sites.parse(site, path).select(META)]
        for path in sites.pages(site)
    }
    first = next(iter(told.values()))
    for path, policies in told.items():
        if len(policies) != 1 or policies != first:
            yield f"/{path}: {policies}"


class TestPolicy:
    def test_every_page_carries_the_same_one(self, site):
        assert_none(unequal(site))

    @pytest.mark.parametrize("policies", [[], ["b"], ["a", "a"]])
    def test_another_one_is_found(self, tmp_path, policies):
        for name, contents in {"index": ["a"], "other": policies}.items():
            metas = (f'<meta http-equiv="Content-Security-Policy" content="{x}">' for x in contents)
            (tmp_path / f"{name}.html").write_text("".join(metas))

        assert list(unequal(tmp_path)) == [f"/other.html: {policies}"]

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
