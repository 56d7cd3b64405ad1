"""Each term of the glossary is defined in the book before it is used."""

import re
from copy import copy

import pytest

import sites
from softdial_site import terms
from tools import assert_none

GLOSSARY = "docs/reference/glossary.md"
# Promises, questions and margin notes may look ahead; so may links, titles and figures.
AHEAD = ".lead, .admonition, details, aside, nav"


def book(site):
    """The chapters by their source, in the order of the book."""
    chapters = {}
    for link in sites.parse(site, "learn/seed/").select(".md-nav--primary [href]"):
        path = f"learn/{link['href'].strip('./') or 'seed'}/"
        if link["href"].count("..") < 2 and (site / path / "index.html").is_file():
            source = f"{path.strip('/')}.{'py' if path == 'learn/seed/' else 'md'}"
            chapters[source] = sites.parse(site, path).article
    return chapters


def slips(chapters, glossary):
    """Yield what is used too early, and what is defined too late or nowhere."""
    known, order = terms.read(glossary), list(chapters)
    for place, (source, article) in enumerate(chapters.items()):
        article = copy(article)
        for part in article.select(AHEAD):
            part.decompose()
        own = [term for term in known if term.told[0][0] == source]
        yield from (f"{source}: {slip}" for term in own for slip in undefined(article, term))
        later = [term for term in known if term.told[0][0] in order[place + 1 :]]
        for em in article.select("em"):
            em.unwrap()
        yield from (f"{source}: {anchor} is used" for anchor in uses(str(article), later))


def uses(html, known):
    """List the anchors of the terms that stand in the running text."""
    found = terms.finder(known).finditer(html) if known else []
    return sorted({terms.anchor(use) for use in found} - {""})


def undefined(article, term):
    """Yield what keeps a term from being defined where the glossary says, at its first use."""
    marked = [em for em in article.select("em") if uses(em.get_text(), [term])]
    if not marked:
        yield f"{term.anchor} is not defined"
        return
    section = marked[0].find_previous(["h1", "h2", "h3"])["id"]
    if section != term.told[0][1]:
        yield f"{term.anchor} is defined in {section}"
    mark = "\N{OBJECT REPLACEMENT CHARACTER}"
    marked[0].insert_before(mark)
    if uses(str(article).partition(mark)[0], [term]):
        yield f"{term.anchor} is used before its definition"
    marked[0].previous_sibling.extract()


def turn(page):
    """Return where the last line of a chapter leads, and where the theme does."""
    line = page.article.find(string=re.compile("Next: $"))
    return line.find_next("a")["href"], page.select_one(".md-footer__link--next")["href"]


class TestOrder:
    def test_no_term_is_used_before_it_is_defined(self, site):
        assert_none(slips(book(site), (sites.ROOT / GLOSSARY).read_text("utf-8")))

    def test_the_book_is_read_in_its_order(self, site):
        assert [*book(site)][:2] == ["learn/seed.py", "learn/odds.md"]
        assert len(book(site)) == len(list((site / "learn").glob("*/index.html")))

    def test_each_chapter_leads_to_the_next(self, site):
        *paths, _ = (source.rpartition(".")[0] for source in book(site))
        for path in paths:
            told, next_one = turn(sites.parse(site, path))
            assert told == next_one, path


ENTRIES = """
Odds {#odds}
:   A ratio. See [odds](../learn/odds.md#one).

Entropy {#entropy}
:   A mean. See [heat](../learn/heat.md#two).
"""
ODDS = '<h2 id="one">One</h2><p>Call them <em>odds</em>.</p>'
HEAT = '<p class="lead">Entropy!</p><h2 id="two">Two</h2><p>Its <em>entropy</em>, the odds.</p>'


class TestTheChecksThemselves:
    def found(self, **pages):
        chapters = {
            f"learn/{name}.md": sites.BeautifulSoup(f"<article>{html}</article>", "html.parser")
            for name, html in {"odds": ODDS, "heat": HEAT, **pages}.items()
        }
        return list(slips(chapters, ENTRIES))

    def test_a_book_in_order_passes(self):
        assert self.found() == []

    @pytest.mark.parametrize(
        ("page", "html", "slip"),
        [
            ("odds", f"{ODDS}<p>Its entropy.</p>", "learn/odds.md: entropy is used"),
            ("odds", "<p>odds</p>", "learn/odds.md: odds is not defined"),
            (
                "odds",
                f"<p>The odds.</p>{ODDS}",
                "learn/odds.md: odds is used before its definition",
            ),
            ("odds", ODDS.replace("one", "else"), "learn/odds.md: odds is defined in else"),
        ],
    )
    def test_a_planted_slip_is_found(self, page, html, slip):
        (found,) = self.found(**{page: html})
        assert found.startswith(slip)
