"""What the build writes into finished pages reaches them: each mend has left its mark."""

import json
import re

import pytest

import sites
from tools import assert_none


def text(site, path):
    return sites.page_file(site, path).read_text("utf-8")


def inked(html):
    """Yield the elements of code that look like the code around them."""
    yield from re.findall('<span class="(?:n|w)">[^<]*', html)


class TestMended:
    @pytest.mark.parametrize(
        ("path", "mark"),
        [
            ("learn/loss/", '<a class="term" href="../../reference/glossary/#'),
            ("learn/loss/", "<p data-search-exclude>Sources: "),
            ("learn/truncation/", "T&nbsp;=&nbsp;"),
            ("learn/truncation/", "</math>.</span>"),
            ("learn/odds/", "<div><table>"),
            ("reference/cheatsheet/", "<code>log_<wbr>softmax"),
            ("404.html", 'aria-label="Search"'),
        ],
    )
    def test_the_mark_of_each_mend_stands_on_a_page(self, site, path, mark):
        assert mark in text(site, path)

    @pytest.mark.parametrize(
        ("mark", "page"),
        [('<ol type="A">', "teach/quiz/"), ('<table class="generated key">', "teach/quiz-key/")],
    )
    def test_the_mark_of_one_page_stands_on_it_alone(self, site, mark, page):
        assert [path for path in sites.pages(site) if mark in text(site, path)] == [page]

    def test_the_citation_tells_the_address_of_this_site(self, site):
        _, bibtex = sites.parse(site, "teach/figures/").select("#cite ~ .language-text")
        assert f"url    = {{{sites.address(site)}}}," in bibtex.get_text()

    @pytest.mark.parametrize(
        "path",
        [
            "contribute/",
            "reference/glossary/",
            "reference/verified/",
            "reference/bibliography/",
            "reference/changelog/",
        ],
    )
    def test_a_page_whose_words_are_no_terms_links_none(self, site, path):
        assert '<a class="term"' not in text(site, path)

    def test_no_code_has_an_element_that_looks_like_the_code_around_it(self, site):
        assert_none(
            f"/{path}: {finding}"
            for path in sites.pages(site)
            for finding in inked(text(site, path))
        )

    def test_one_that_has_is_found(self):
        assert len(list(inked('<pre><span class="n">x</span> <b class="k">if</b></pre>'))) == 1

    def test_search_knows_sections_by_names_of_their_own(self, site):
        index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
        tags = {entry["location"]: entry.get("tags", []) for entry in index["docs"]}
        assert "FlashAttention" in tags["reference/questions/#blocks"]
        assert "FAQ" in tags["reference/questions/"]
