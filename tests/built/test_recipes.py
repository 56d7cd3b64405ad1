"""A recipe answers its question in the first line, with the call in it."""

import pytest

import sites
from tools import assert_none

SHOWN, WORDS = 30, 200


def recipes(site):
    found = sorted((site / "recipes").glob("*/index.html"))
    return [f"recipes/{file.parent.name}/" for file in found]


def weaknesses(article):
    """Yield what keeps a page from being a recipe that can be used at a glance."""
    title = article.h1.get_text().strip().rstrip("¶")
    if not title.endswith("?"):
        yield f"its title is no question: {title}"
    answer = article.h1.find_next_sibling("p")
    if len(answer.get_text().split()) > SHOWN:
        yield f"its answer has {len(answer.get_text().split())} words"
    if not any("(" in code.get_text() for code in answer.select("code")):
        yield f"its answer names no call: {answer.get_text()}"
    if answer.find_next_sibling().get("class") != ["snippet"]:
        yield "no code follows its answer"
    text = [
        p.get_text() for p in article.select(":is(p, li):not(.output *, .page-actions, .printed)")
    ]
    if (words := len(" ".join(text).split())) > WORDS:
        yield f"it has {words} words"
    if not any(strong.get_text() == "Trap." for strong in article.select("strong")):
        yield "it tells no trap"
    if not text[-1].startswith("More: "):
        yield "it leads nowhere"


class TestRecipes:
    def test_there_are_fifteen_or_more(self, site):
        assert len(recipes(site)) >= 15

    def test_each_can_be_used_at_a_glance(self, site):
        assert_none(
            f"/{path}: {weakness}"
            for path in recipes(site)
            for weakness in weaknesses(sites.parse(site, path).article)
        )

    def test_the_list_leads_to_every_one(self, site):
        links = {link["href"].strip("./") for link in sites.parse(site, "recipes/").select("li a")}
        assert {path.split("/")[1] for path in recipes(site)} <= links


GOOD = """<article><h1>How?</h1><p>Call <code>f(x)</code>.</p><div class="snippet"></div>
<p><strong>Trap.</strong> None.</p><p>More: <a href="x">x</a>.</p></article>"""


class TestWeaknesses:
    def found(self, html):
        return list(weaknesses(sites.BeautifulSoup(html, "html.parser").article))

    def test_a_good_recipe_has_none(self):
        assert self.found(GOOD) == []

    @pytest.mark.parametrize(
        ("old", "new", "weakness"),
        [
            ("How?", "How", "its title is no question"),
            ("Call", "Call " * 30, "its answer has 31 words"),
            ("f(x)", "f", "its answer names no call"),
            ('<div class="snippet">', "<div>", "no code follows its answer"),
            ("None.", "None. " * 200, "it has 20"),
            ("Trap.", "Hint.", "it tells no trap"),
            ("More: ", "", "it leads nowhere"),
        ],
    )
    def test_a_planted_one_is_found(self, old, new, weakness):
        (found,) = self.found(GOOD.replace(old, new, 1))
        assert found.startswith(weakness)
