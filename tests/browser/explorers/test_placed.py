"""Explorers on the pages of the book: where they are, what they weigh, how they come and go."""

import random
import re

import stage
from harness import reading
from playing import PAUSE, PHONE, names, turn
from playwright.sync_api import expect
from shifts import shift
from test_weights import weight

import sites
from softdial_site.explorers import EXPLORERS
from tools import assert_none

PAGE, ALL = 7_000, 18_000
SHEET = sites.ROOT / "docs" / "assets" / "explorers.css"


def placed(site):
    """The explorers of the built site, by page."""
    found = {path: sites.parse(site, path).select(".explorer") for path in sites.pages(site)}
    return {path: explorers for path, explorers in found.items() if explorers}


def of_explorers(files):
    """What belongs to explorers: their modules, and their part of the one sheet of the site."""
    return [SHEET, *(file for file in files if file.parent.name == "explorers")]


def too_heavy(files, limit):
    total = sum(weight(file.read_bytes()) for file in of_explorers(files))
    if total > limit:
        yield f"{total} bytes, not {limit}"


class TestOnThePages:
    def test_they_are_placed(self, site):
        assert {"", "learn/softmax/", "learn/temperature/"} <= set(placed(site))

    def test_each_is_alone_on_its_page_and_holds_its_figure(self, site):
        for path, (explorer,) in placed(site).items():
            name = explorer.name.removesuffix("-explorer")
            (figure,) = explorer.find_all(recursive=False)
            assert figure["id"] == f"fig-{EXPLORERS[name].figure}", path
            assert figure.select("svg[role=img] title")[0].get_text()
            assert explorer.find_next_sibling()["src"].endswith(f"assets/explorers/{name}.js")

    def test_modules_are_loaded_only_where_they_live(self, chromium, site):
        lively = placed(site)
        for path in [*lively, "learn/seed/"]:
            with reading(chromium, site) as reader:
                reader.open_whole(path)
                loaded = {file.stem for file in reader.loaded if file.parent.name == "explorers"}
                expected = {one.name.removesuffix("-explorer") for one in lively.get(path, [])}
                assert loaded - {"core", "plot"} == expected, path
                assert ("core" in loaded) == bool(expected)

    def test_each_keeps_the_page_at_rest(self, chromium, site):
        for path in placed(site):
            assert shift(chromium, site, path, **PHONE) <= 0.02, path

    def test_they_live_through_instant_navigation_and_back(self, reader):
        page = reader.open("learn/odds/")
        page.evaluate("window.stays = true")
        page.locator(".md-header a.md-logo").first.click()
        page.wait_for_url(reader.base)  # comes after the page, and would take back the state
        page.locator(".play-ask button").first.click()
        page.wait_for_url(re.compile(r"\?T=0\.5"))
        page.locator("a.md-footer__link--next").click()
        page.wait_for_url(re.compile("/learn/seed/"))
        expect(page.locator(".play")).to_have_count(0)
        page.go_back()
        expect(page.locator(".play-dial b")).to_have_text("T = ½")
        page.get_by_role("slider", name="temperature T").press("End")
        expect(page.locator(".play-dial b")).to_have_text("T = ∞")
        assert page.evaluate("window.stays")
        assert_none(reader.trouble)

    def test_one_that_is_moved_keeps_its_state_and_its_one_panel(self, visit):
        page = visit("hero", "?T=2")
        turn(page, "4")
        page.evaluate(
            "document.querySelector('article').append(document.querySelector('.explorer'))"
        )

        expect(page.locator(".play")).to_have_count(1)
        expect(page.locator(".play-dial b")).to_have_text("T = 4")

    def test_leaving_in_mid_move_does_not_write_into_the_next_address(self, reader):
        page = reader.open("?T=2")
        page.route("**/learn/seed/", lambda route: (page.wait_for_timeout(PAUSE), route.fallback()))
        turn(page, "4")
        page.locator("a.md-footer__link--next").click()
        page.locator("#seed").wait_for()

        assert "?" not in page.url


class TestWeight:
    @names
    def test_on_a_page_it_is_light(self, chromium, staged, name):
        with reading(chromium, staged) as reader:
            reader.open(stage.address(name)).locator(".play").wait_for()

            assert len(of_explorers(reader.loaded)) >= 3
            assert_none(too_heavy(reader.loaded, PAGE))

    def test_all_together_are_light(self, site):
        files = [*site.rglob("explorers/*.js")]

        assert len(files) >= 1 + len(EXPLORERS)
        assert_none(too_heavy(files, ALL))

    def test_a_heavy_one_is_found(self, tmp_path):
        heavy = tmp_path / "explorers" / "core.js"
        heavy.parent.mkdir()
        heavy.write_text(random.Random(1).randbytes(PAGE).hex())

        assert len(list(too_heavy([heavy], PAGE))) == 1
