"""Chapters and exercises on paper: at most three pages in two columns, answers folded."""

import pytest
from harness import reading
from playwright.sync_api import expect
from test_print import printed

import sites
from tools import assert_none

MOST = 3
PAPER = {"viewport": {"width": 703, "height": 1032}}  # A4 less its margins, in pixels

# What is wider than its column, or hides a part of itself.
WIDE = """() => {
  const article = document.querySelector("article"), { columnGap } = getComputedStyle(article);
  const column = (article.clientWidth - parseFloat(columnGap)) / 2 + 1;
  const wide = (node) => [...node.getClientRects()].some(({ width }) => width > column);
  const cut = (node) => node.matches(".snippet pre, .snippet code, .formula") &&
    node.scrollWidth > node.clientWidth + 1;
  return [...article.querySelectorAll("*:not(h1, h1 *, .lead, .lead *, svg *, math *)")]
    .filter((node) => node.checkVisibility() && (wide(node) || cut(node)))
    .map((node) => `too wide: ${node.outerHTML.slice(0, 120)}`);
}"""


@pytest.fixture(scope="session")
def handouts(site):
    """The pages that come as a notebook too."""
    offer = '.download [href$=".ipynb"]'
    return [path for path in sites.pages(site) if sites.parse(site, path).select(offer)]


def on_paper(page):
    page.emulate_media(media="print")
    return page


class TestHandouts:
    def test_each_takes_at_most_three_pages(self, reader, handouts):
        counts = {path: printed(reader.open(path)) for path in handouts}
        assert len(counts) >= 14
        assert_none(f"/{path}: {n} pages" for path, n in counts.items() if n > MOST)

    def test_nothing_is_wider_than_its_column(self, chromium, site, handouts):
        with reading(chromium, site, **PAPER) as reader:
            assert_none(
                f"/{path}: {finding}"
                for path in handouts
                for finding in on_paper(reader.open(path)).evaluate(WIDE)
            )

    def test_folded_answers_are_left_out_and_their_questions_stay(self, reader):
        page = on_paper(reader.open("learn/softmax/"))
        assert not any(answer.is_visible() for answer in page.locator("details.success").all())
        assert all(ask.is_visible() for ask in page.locator("details.question > summary").all())
        assert not page.locator("details.question > p").first.is_visible()

    def test_what_the_reader_has_unfolded_is_printed(self, reader):
        page = reader.open("learn/softmax/")
        page.locator("details.success > summary").first.click()
        page.locator("details.question > summary").first.click()
        # the script hears of it a moment after the eye
        for unfolded in ("details.success[data-unfolded]", "details.question[data-unfolded]"):
            page.locator(unfolded).first.wait_for()
        on_paper(page)
        assert page.locator("details.success > p").first.is_visible()
        assert page.locator("details.question > p").first.is_visible()
        assert not page.locator("details.question > p").last.is_visible()

    def test_what_the_theme_unfolds_to_print_is_not_taken_for_the_readers(self, reader):
        page = reader.open_whole("learn/softmax/")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.wait_for_timeout(100)
        assert page.locator("details[open]").count() > 5
        assert not page.locator("[data-unfolded]").count()

    def test_the_paper_tells_where_it_comes_from_and_what_may_be_done_with_it(self, reader):
        page = reader.open("learn/odds/")
        page.emulate_media(media="print")
        line = page.locator(".printed")
        expect(line).to_be_visible()
        expect(line).to_have_text(f"{reader.base}learn/odds/ · CC BY 4.0, code MIT-0")

    def test_folding_again_takes_it_back(self, reader):
        page = reader.open("teach/exercises/")
        for _ in range(2):
            page.locator("details.success > summary").first.click()
            page.wait_for_timeout(100)
        assert not on_paper(page).locator("details.success").first.is_visible()

    def test_without_scripts_folded_answers_are_left_out_too(self, chromium, site):
        with reading(chromium, site, java_script_enabled=False) as bare:
            page = on_paper(bare.open("teach/exercises/"))
            assert not any(answer.is_visible() for answer in page.locator("details").all())

    @pytest.mark.parametrize("around", ["div", "div class='formula'"])
    def test_a_wide_part_is_found(self, chromium, site, around):
        with reading(chromium, site, **PAPER) as reader:
            page = on_paper(reader.open("learn/softmax/"))
            wide = f"<{around}><canvas width='500'></canvas></div>"
            page.evaluate("(html) => document.querySelector('article').innerHTML += html", wide)
            assert any("too wide" in found for found in page.evaluate(WIDE))
