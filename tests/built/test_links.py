"""What can be read off the built HTML alone: links, ids, outline, and what a page loads."""

import re
from collections import Counter, defaultdict
from unicodedata import normalize
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

import sites
from tools import assert_none

LOADS = "script[src], img[src], iframe[src], source[src], link[rel~=stylesheet], link[rel~=preload]"


def references(soup):
    for tag in soup.find_all(True):
        for attribute in ("href", "src", "xlink:href"):
            if tag.get(attribute) is not None:
                yield tag[attribute]


def broken_links(site):
    """Yield every reference to the site itself that leads to no file or to no id."""
    base = sites.address(site)
    soups = {path: sites.parse(site, path) for path in sites.pages(site)}
    ids = {path: {tag["id"] for tag in soup.select("[id]")} for path, soup in soups.items()}
    for path, soup in soups.items():
        for reference in references(soup):
            url, anchor = urldefrag(urljoin(base + path, reference))
            target = unquote(url.removeprefix(base).partition("?")[0])
            if urlsplit(url).scheme not in ("http", "https") or not (url + "/").startswith(base):
                continue
            if not sites.page_file(site, target).is_file():
                yield f"/{path}: {reference} leads nowhere"
            elif anchor and unquote(anchor) not in ids.get(target, ()):
                yield f"/{path}: {reference} has no such anchor"


def misnamed(site):
    """Yield what names another source or address than it leads to."""
    for path in sites.pages(site):
        page = sites.parse(site, path)
        for link in page.select("a[href]"):
            text, target = link.get_text(), unquote(link["href"])
            written = re.fullmatch(r"(?:doi:|arXiv:)(\S+)", text)
            if written and not target.endswith(f"/{written[1]}"):
                yield f"/{path}: {text} leads to {target}"
        links = page.select("a[href*='bibliography/#']")
        cited = [(link.get_text(), link["href"]) for link in links]
        if path == "reference/bibliography/":
            cited += [(entry.get_text(), f"#{entry['id']}") for entry in page.select("dt[id]")]
        for text, target in cited:
            anchor = target.rpartition("#")[2]
            plain = normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
            dated = re.search(r"\d{4}\)?$", text)
            if dated and not all(word in plain for word in anchor.split("-")):
                yield f"/{path}: {text} stands for {anchor}"


def third_parties(site):
    """Yield everything that a page would load from elsewhere."""
    base = sites.address(site)
    for path in sites.pages(site):
        for tag in sites.parse(site, path).select(LOADS):
            url = urljoin(base + path, tag.get("src") or tag.get("href"))
            if not url.startswith((base, "data:")):
                yield f"/{path}: loads {url}"


def page_defects(soup):
    """Yield what is wrong with the HTML of one page."""
    ids = Counter(tag["id"] for tag in soup.select("[id]"))
    yield from (f"id {name} stands {n} times" for name, n in ids.items() if n > 1)
    yield from (f"style attribute: {str(tag)[:120]}" for tag in soup.select("[style]"))
    yield from (f"style element: {str(tag)[:120]}" for tag in soup.select("style"))
    yield from (f"no alt: {tag}" for tag in soup.select("img:not([alt]), img[alt='']"))
    if (headings := len(soup.select("h1"))) != 1:
        yield f"{headings} h1"


def defects(site):
    for path in sites.pages(site):
        yield from (f"/{path}: {defect}" for defect in page_defects(sites.parse(site, path)))


def poor_descriptions(site):
    """Yield the pages that share a description; the theme fills in that of the site."""
    places = defaultdict(list)
    for path in sites.pages(site):
        tag = sites.parse(site, path).select_one("meta[name=description]")
        places[tag["content"].strip() if tag else ""].append(f"/{path}")
    yield from (
        f"{', '.join(pages)}: description {text!r}"
        for text, pages in places.items()
        if len(pages) > 1 or not text
    )


class TestBuiltPages:
    def test_every_link_and_anchor_leads_somewhere(self, site):
        assert_none(broken_links(site))

    def test_sources_and_addresses_are_those_that_are_named(self, site):
        assert_none(misnamed(site))

    def test_nothing_is_loaded_from_elsewhere(self, site):
        assert_none(third_parties(site))

    def test_ids_styles_headings_and_alt_texts_are_in_order(self, site):
        assert_none(defects(site))

    def test_every_page_has_a_description_of_its_own(self, site):
        assert_none(poor_descriptions(site))


SOUND = """<!doctype html><html lang="en"><head><meta name="description" content="{about}">
<link rel="canonical" href="https://a.test/b/"></head><body><h1 id="top">Claim</h1>
<a href="#top">up</a> <a href="./learn/odds/#here">on</a> <a href="mailto:a@a.test">mail</a>
<a href="https://b.test/x">out</a> {planted}</body></html>"""


@pytest.fixture
def planted(tmp_path):
    """Make a small sound site with one thing planted into its first page."""

    def plant(fragment="", about="Start."):
        (tmp_path / "learn/odds").mkdir(parents=True)
        (tmp_path / "index.html").write_text(SOUND.format(planted=fragment, about=about))
        other = SOUND.format(planted="", about="Odds.").replace("top", "here")
        (tmp_path / "learn/odds/index.html").write_text(other.replace("./learn/", "../../learn/"))
        return tmp_path

    return plant


class TestTheChecksThemselves:
    def test_a_sound_site_passes(self, planted):
        site = planted()

        for check in (broken_links, misnamed, third_parties, defects, poor_descriptions):
            assert_none(check(site))

    @pytest.mark.parametrize(
        ("check", "fragment", "found"),
        [
            (broken_links, '<a href="learn/none/">x</a>', "leads nowhere"),
            (broken_links, '<a href="https://a.test/b/none/">x</a>', "leads nowhere"),
            (broken_links, '<a href="learn/none/?T=1">x</a>', "leads nowhere"),
            (broken_links, '<img src="none.png" alt="x">', "leads nowhere"),
            (broken_links, '<a href="learn/odds/#top">x</a>', "no such anchor"),
            (broken_links, '<svg><use xlink:href="#none"/></svg>', "no such anchor"),
            (misnamed, '<a href="https://doi.org/10.1/b">doi:10.1/a</a>', "leads to https://doi"),
            (misnamed, '<a href="bibliography/#fan-2018">Gao 2018</a>', "stands for fan-2018"),
            (misnamed, '<a href="bibliography/#fan-2018">Fan 2017</a>', "stands for fan-2018"),
            (third_parties, '<script src="https://b.test/x.js"></script>', "loads https://b.test"),
            (third_parties, '<link rel="stylesheet" href="//b.test/x">', "loads https://b.test"),
            (third_parties, '<img src="https://b.test/x.png" alt="x">', "loads https://b.test"),
            (defects, '<p id="top"></p>', "id top stands 2 times"),
            (defects, '<p style="color: red"></p>', "style attribute"),
            (defects, "<svg><style>*{}</style></svg>", "style element"),
            (defects, '<img src="x.png">', "no alt"),
            (defects, '<img src="x.png" alt="">', "no alt"),
            (defects, "<h1>Two</h1>", "2 h1"),
        ],
    )
    def test_a_planted_defect_is_found(self, planted, check, fragment, found):
        (finding,) = check(planted(fragment))

        assert found in finding

    @pytest.mark.parametrize(("about", "page"), [(" ", "/"), ("Odds.", "/, /learn/odds/")])
    def test_a_missing_and_a_borrowed_description_are_found(self, planted, about, page):
        assert list(poor_descriptions(planted(about=about))) == [
            f"{page}: description {about.strip()!r}"
        ]


class TestExercises:
    def test_the_number_of_each_is_its_link(self, site):
        found = sites.parse(site, "teach/exercises/").select("p[id^=x]")
        numbers = [part.select_one(f"strong > a[href='#{part['id']}']") for part in found]
        assert [link and link.get_text() for link in numbers] == [
            f"{number}." for number in range(1, len(found) + 1)
        ]
        assert len(found) > 30
