"""What a reader meets on every page: quiet, light, fitting, whole without JavaScript, printable."""

import re
from typing import NamedTuple

import pytest
from harness import on_every, open_details, reading
from test_weights import first_visit, too_heavy

import sites
from tools import assert_none

OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (node) =>
    !node.matches(".md-content") &&
    (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const out = [...document.querySelectorAll(".md-content *:not(svg *)")]
    .filter((node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node))
    .map((node) => node.outerHTML.slice(0, 120));
  const page = document.documentElement.scrollWidth;
  return page > width ? [`the page is ${page} px wide`, ...out] : out;
}"""

DRAWINGS = """() => [...document.querySelectorAll("article :is(svg[role=img], math, img)")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().width).length"""

OUR_MODULES = re.compile(r"/assets/(explorers/)?[^/]*\.js$")

# what a reader presses, and what is for the screen alone
CONTROLS = """article :is(button, .download, .page-actions, .fig-source, .play, details.numbers),
  article:has(> ol[type=A]) > :is(details, #use, #use ~ :not(.license))"""

# Texts of phones count as legible from 12 px on. Smaller ones are exponents, and labels of
# pictures, whose size is in units of their own.
SMALL = 0.1
TINY = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let all = 0, tiny = 0;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const tag = text.parentElement, letters = text.data.trim().length;
    if (!letters || !tag.checkVisibility({ visibilityProperty: true })) continue;
    all += letters;
    if (parseFloat(getComputedStyle(tag).fontSize) < 12) tiny += letters;
  }
  return tiny / all;
}"""

# blocks whose first line no scrolling brings out from under the button that copies them
COVERED = """() => [...document.querySelectorAll(".highlight:has(> .copy) pre > code")]
  .filter((code) => {
    const button = code.closest(".highlight").querySelector(".copy");
    if (!button.checkVisibility()) return false;
    const line = document.createRange();
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    line.setStart(code, 0);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const end = text.data.indexOf("\\n");
      line.setEnd(text, end < 0 ? text.length : end);
      if (end >= 0) break;
    }
    code.scrollLeft = code.scrollWidth;
    const covered = line.getBoundingClientRect().right > button.getBoundingClientRect().left;
    code.scrollLeft = 0;
    return covered;
  })
  .map((code) => code.textContent.split("\\n", 1)[0])"""

MOVING = """() => document.getAnimations()
  .filter((animation) => animation.playState === "running")
  .map((animation) => `${animation.effect.target.outerHTML.slice(0, 120)} moves`)"""

PRINTED_BESIDE = """() => {
  const seen = { opacityProperty: true, visibilityProperty: true };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const beside = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const tag = text.parentElement;
    const reading = tag.closest("article") && !tag.closest("button");
    if (text.data.trim() && tag.checkVisibility(seen) && !reading)
      beside.push(`prints ${text.data.trim()}`);
  }
  return beside;
}"""


def overflowing(page):
    return page.evaluate(OVERFLOWING)


def covered(page):
    open_details(page)
    return page.evaluate(COVERED)


def tiny(page):
    """Yield the share of letters below 12 px where it is too large."""
    share = page.evaluate(TINY)
    if share > SMALL:
        yield f"{share:.0%} of the letters are smaller than 12 px"


def moving(page):
    return page.evaluate(MOVING)


def contents(page):
    """Return the lines of the article without its controls, and the number of drawings seen."""
    open_details(page)
    controls = "\n".join(page.locator(CONTROLS).all_inner_texts())
    text = page.locator("article").inner_text()
    return lines(text) - lines(controls), page.evaluate(DRAWINGS)


def lines(text):
    return {line.strip() for line in text.replace("¶", "").splitlines()} - {""}


def lost(before, after):
    """Yield what of the contents is gone."""
    (lines, drawings), (lines_after, drawings_after) = before, after
    yield from (f"lost: {line}" for line in sorted(lines - lines_after))
    if drawings_after < drawings:
        yield f"lost: {drawings - drawings_after} of {drawings} figures and formulas"


def badly_printed(page, on_screen):
    page.emulate_media(media="print")
    findings = [*page.evaluate(PRINTED_BESIDE), *lost(on_screen, contents(page))]
    page.emulate_media(media="screen")
    return findings


class Visit(NamedTuple):
    """What a reader with every script and a desktop window meets on all pages."""

    trouble: list
    loaded: dict
    on_screen: dict
    print: list


@pytest.fixture(scope="module")
def visit(chromium, site):
    """One visit to every page, for all that is asked of it."""
    with reading(chromium, site) as reader:
        seen = Visit(reader.trouble, {}, {}, [])
        for path in sites.pages(site):
            before = len(reader.loaded)
            page = reader.open_whole(path)
            seen.loaded[path] = reader.loaded[before:]
            seen.on_screen[path] = contents(page)
            findings = badly_printed(page, seen.on_screen[path])
            seen.print.extend(f"/{path}: {finding}" for finding in findings)
        return seen


@pytest.fixture(scope="module")
def narrow_and_still(chromium, site):
    """What is wrong on all pages for a reader at 320 px who wants no motion."""
    small = {"viewport": {"width": 320, "height": 640}, "reduced_motion": "reduce"}
    with reading(chromium, site, **small) as reader:
        checks = {"overflowing": overflowing, "moving": moving, "tiny": tiny, "covered": covered}
        return on_every(sites.pages(site), reader, **checks)


def lost_to(bare, visit):
    """Yield what the visit showed and a reader with less does not see."""
    for path, on_screen in visit.on_screen.items():
        missing = lost(on_screen, contents(bare.open(path)))
        yield from (f"/{path}: {finding}" for finding in missing)


class TestEveryPage:
    def test_it_loads_without_error_failed_or_third_party_request(self, visit):
        assert_none(visit.trouble)

    def test_it_is_not_too_heavy(self, visit):
        assert_none(
            finding for path, files in visit.loaded.items() for finding in too_heavy(path, files)
        )

    def test_a_first_visit_loads_no_more(self, chromium, site, visit):
        alone = first_visit(chromium, site, "learn/temperature/")
        assert sorted(alone) == sorted(visit.loaded["learn/temperature/"])

    def test_it_fits_into_320_pixels(self, narrow_and_still):
        assert_none(narrow_and_still["overflowing"])

    def test_its_letters_can_be_read_on_a_phone(self, narrow_and_still):
        assert_none(narrow_and_still["tiny"])

    def test_the_end_of_every_first_line_comes_out_from_under_its_copy_button(
        self, narrow_and_still
    ):
        assert_none(narrow_and_still["covered"])

    def test_it_is_whole_without_javascript(self, chromium, site, visit):
        with reading(chromium, site, java_script_enabled=False) as bare:
            assert_none(lost_to(bare, visit))

    def test_it_is_whole_with_modules_blocked(self, chromium, site, visit):
        with reading(chromium, site) as bare:
            bare.page.route(OUR_MODULES, lambda route: route.abort())
            assert_none(lost_to(bare, visit))

    def test_it_stands_still_for_readers_who_ask_for_it(self, narrow_and_still):
        assert_none(narrow_and_still["moving"])

    def test_its_article_alone_is_printed(self, visit):
        assert_none(visit.print)


class TestTheChecksThemselves:
    @pytest.mark.parametrize(
        ("fragment", "script", "found"),
        [
            ('<img src="https://b.test/x.png" alt="x">', "", "https://b.test/x.png"),
            ('<img src="none.png" alt="x">', "", "none.png"),
            ("", "console.error('no good')", "console error: no good"),
            ("", "console.warn('take care')", "console warning: take care"),
            ("", "throw new Error('broken')", "exception: broken"),
            ("", "fetch('https://b.test/').catch(() => {})", "https://b.test/"),
        ],
    )
    def test_trouble_is_heard(self, planted, fragment, script, found):
        with planted(fragment, script) as reader:
            reader.open_whole("")

            assert any(found in trouble for trouble in reader.trouble)

    @pytest.mark.parametrize("wide", [f"<pre>{'x' * 400}</pre>", '<canvas width="400"></canvas>'])
    def test_overflow_is_found(self, planted, wide):
        with planted(wide, viewport={"width": 320, "height": 640}) as reader:
            assert overflowing(reader.open(""))

    @pytest.mark.parametrize(("room", "found"), [("2.1rem", 0), ("0", 1)])
    def test_a_line_under_a_copy_button_is_found(self, planted, room, found):
        block = f"<pre><code>{'x' * 400}\nx</code></pre><button class=copy></button>"
        script = f"""const sheet = new CSSStyleSheet();
        sheet.replaceSync("#tight pre > code {{ padding-right: {room} !important }}");
        document.adoptedStyleSheets = [sheet]"""
        html = f"<div class='highlight md-typeset' id=tight>{block}</div>"
        with planted(html, script, viewport={"width": 320, "height": 640}) as reader:
            assert covered(reader.open("")) == found * ["x" * 400]

    def test_tiny_letters_are_found(self, planted):
        with planted(f"<font size=1>{'x ' * 2000}</font>") as reader:
            (finding,) = tiny(reader.open(""))

        assert finding.endswith("of the letters are smaller than 12 px")

    @pytest.mark.parametrize(
        ("fragment", "script", "found"),
        [
            (
                "",
                "document.querySelector('h1').insertAdjacentHTML('afterend', '<p>Late</p>')",
                "Late",
            ),
            (
                '<svg role="img" id="late" width="9" height="9" display="none"></svg>',
                "document.getElementById('late').removeAttribute('display')",
                "1 of ",
            ),
        ],
    )
    def test_what_a_script_shows_is_found(self, planted, chromium, fragment, script, found):
        with (
            planted(fragment, script) as reader,
            reading(chromium, reader.site, java_script_enabled=False) as bare,
        ):
            on_screen = {"": contents(reader.open(""))}
            (finding,) = lost_to(bare, Visit([], {}, on_screen, []))

        assert finding.startswith(f"/: lost: {found}")

    def test_endless_motion_is_found(self, planted):
        script = "document.querySelector('h1').animate({opacity: [0, 1]}, {duration: 9e4})"
        with planted("", script, reduced_motion="reduce") as reader:
            (finding,) = moving(reader.open(""))

        assert finding.endswith("moves")

    def test_print_beside_the_article_is_found(self, planted):
        script = "document.body.insertAdjacentHTML('afterbegin', '<p>Advertisement</p>')"
        with planted("", script) as reader:
            page = reader.open("")
            assert badly_printed(page, contents(page)) == ["prints Advertisement"]

    def test_what_print_leaves_out_is_found(self, planted):
        rule = "@media print { #screen-only { display: none } }"
        script = f"""document.adoptedStyleSheets = [new CSSStyleSheet()];
        document.adoptedStyleSheets[0].replaceSync("{rule}")"""
        with planted('<p id="screen-only">Shy</p>', script) as reader:
            page = reader.open("")
            assert badly_printed(page, contents(page)) == ["lost: Shy"]
