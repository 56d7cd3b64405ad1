"""An entry of the page of questions stands alone: a question, a short answer, one block, a link."""

import pytest

import sites
from tools import assert_none

PAGE, WORDS = "reference/questions/", 150


def weaknesses(article):
    """Yield what keeps an entry from being read alone."""
    for heading in article.select("h3"):
        title = heading.get_text().strip().rstrip("¶")
        parts = list(below(heading))
        if not title.endswith("?"):
            yield f"no question: {title}"
        words = sum(len(part.get_text().split()) for part in parts if part.name in ("p", "ul"))
        if not 0 < words <= WORDS:
            yield f"an answer of {words} words: {title}"
        blocks = sum(part.get("class") == ["snippet"] for part in parts)
        if blocks > 1:
            yield f"{blocks} blocks of code: {title}"
        if not blocks and not any(part.select("a[href]") for part in parts):
            yield f"neither code nor a link: {title}"


def below(heading):
    """Yield what stands between a heading and the next one."""
    for part in heading.find_next_siblings():
        if part.name in ("h2", "h3") or "page-actions" in part.get("class", []):
            return
        yield part


class TestQuestions:
    def test_there_are_forty_or_more(self, site):
        assert len(sites.parse(site, PAGE).article.select("h3")) >= 40

    def test_each_can_be_read_alone(self, site):
        assert_none(weaknesses(sites.parse(site, PAGE).article))


GOOD = '<article><h3>Why?</h3><p>So. <a href="x">x</a></p><h3>How?</h3><p>So.</p>{}</article>'
SNIPPET = '<div class="snippet"></div>'


class TestWeaknesses:
    def found(self, html):
        return list(weaknesses(sites.BeautifulSoup(html, "html.parser").article))

    def test_a_good_page_has_none(self):
        assert self.found(GOOD.format(SNIPPET)) == []

    @pytest.mark.parametrize(
        ("html", "weakness"),
        [
            (GOOD.format(SNIPPET).replace("Why?", "Why"), "no question: Why"),
            (GOOD.format(SNIPPET).replace("<p>So.</p>", ""), "an answer of 0 words: How?"),
            (GOOD.format(f"<p>{'so ' * 150}</p>{SNIPPET}"), "an answer of 151 words: How?"),
            (GOOD.format(2 * SNIPPET), "2 blocks of code: How?"),
            (GOOD.format(""), "neither code nor a link: How?"),
        ],
    )
    def test_a_defect_is_found(self, html, weakness):
        assert self.found(html) == [weakness]
