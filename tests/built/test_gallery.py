"""The gallery lists every figure once, and all that it offers is there."""

from collections import Counter
from urllib.parse import urldefrag, urljoin

import pytest

import sites
from softdial_site.figures.catalog import catalog
from tools import assert_none

GALLERY, SLIDE = "teach/figures/", 2000


def cards(article):
    return {card["id"].removeprefix("fig-"): card for card in article.select(".card")}


def weaknesses(site, article, names):
    """Yield what keeps the gallery from being a list of all figures, each on a page of its own."""
    listed = Counter(card["id"].removeprefix("fig-") for card in article.select(".card"))
    yield from (
        f"{name} is not listed: give its page a heading on {GALLERY}"
        for name in names
        if name not in listed
    )
    yield from (f"{name} is listed {times} times" for name, times in listed.items() if times > 1)
    for heading in article.select("h2:not(#cite)"):
        group = heading.find_next_sibling(class_="cards")
        if group.find_previous_sibling("h2") is not heading or not group.select(".card"):
            yield f"{heading['id']} has no figures"
    pages = {path: sites.parse(site, path) for path in sites.pages(site)}
    for name, card in cards(article).items():
        url, anchor = urldefrag(urljoin(GALLERY, card.select_one("a[href*='#']")["href"]))
        figure = pages[url.lstrip("/")].find(id=anchor)
        if anchor != f"fig-{name}" or not figure or not figure.svg:
            yield f"{name} does not stand on {url}"


class TestGallery:
    def test_every_figure_is_listed_once_and_stands_on_its_page(self, site):
        assert_none(weaknesses(site, sites.parse(site, GALLERY).article, catalog()))

    def test_each_comes_as_svg_as_png_at_slide_size_and_as_code(self, site):
        for name in catalog():
            files = {kind: site / "figures" / f"{name}.{kind}" for kind in ("svg", "png", "py")}
            assert "creativecommons.org/licenses/by/4.0" in files["svg"].read_text("utf-8")
            assert int.from_bytes(files["png"].read_bytes()[16:20]) == SLIDE
            assert f'savefig("{name}.svg")' in files["py"].read_text("utf-8")

    def test_each_has_words_and_a_credit_to_paste(self, site):
        for name, card in cards(sites.parse(site, GALLERY).article).items():
            alt, credit = [p.get_text() for p in card.select("details p")]
            assert alt == card.img["alt"]
            place = urljoin(sites.address(site) + GALLERY, card.select_one("a[href*='#']")["href"])
            assert place.endswith(f"#fig-{name}")
            assert credit == f"“{card.strong.get_text()}” softdial, {place}, CC BY 4.0."

    def test_each_leads_to_the_first_page_that_shows_it(self, site):
        shown = {path: sites.figures(site, path) for path in sites.pages(site)}
        for name, card in cards(sites.parse(site, GALLERY).article).items():
            first = next(path for path, names in shown.items() if name in names)
            link = card.select_one("a[href*='#']")["href"]
            assert urldefrag(urljoin(f"/{GALLERY}", link)).url == f"/{first}"

    @pytest.mark.parametrize(
        ("old", "new", "weakness"),
        [
            (
                'id="fig-index-dial"',
                'id="fig-odds-equal-steps"',
                "index-dial is not listed: give its page a heading on teach/figures/",
            ),
            ('id="fig-index-dial"', 'id="fig-odds-equal-steps"', "odds-equal-steps is listed 2"),
            ("../..#fig-index-dial", "../../learn/odds/#fig-index-dial", "index-dial does not"),
            ('<div class="cards">', '<h2 id="none"></h2><div class="cards">', "index has no"),
        ],
    )
    def test_a_weakness_is_found(self, site, old, new, weakness):
        html = sites.page_file(site, GALLERY).read_text("utf-8")
        assert old in html
        article = sites.BeautifulSoup(html.replace(old, new, 1), "html.parser").article
        assert any(found.startswith(weakness) for found in weaknesses(site, article, catalog()))
