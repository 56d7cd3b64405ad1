"""What is meant for paper fits on it, and an answer stays off a sheet of questions."""

import re

from harness import open_details, reading

PAGES = {
    "reference/cheatsheet/": 1,
    "teach/plan-30/": 1,
    "teach/plan-60/": 2,
    "teach/quiz/": 6,
    "teach/quiz-key/": 3,
}
REASON = "Takes the probability for the odds."


def printed(page):
    """The number of A4 pages that a page prints."""
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margins)))


def brightness(page, selector):
    """How bright the ground of an element is, from 0 to 1."""
    color = page.locator(selector).first.evaluate("node => getComputedStyle(node).backgroundColor")
    return sum(map(int, re.findall(r"\d+", color)[:3])) / (3 * 255)


def seen(page, media):
    """The text that is seen in a medium, everything unfolded."""
    page.emulate_media(media=media)
    open_details(page)  # the theme does so before it prints
    return page.locator("article").inner_text()


class TestPaper:
    def test_what_is_meant_for_paper_fits(self, reader):
        found = {path: printed(reader.open(path)) for path in PAGES}
        assert found == PAGES

    def test_it_is_light_whatever_the_screen_is(self, site, chromium):
        # without motion, so that no color is caught on its way
        with reading(chromium, site, color_scheme="dark", reduced_motion="reduce") as reader:
            page = reader.open("learn/odds/")
            assert brightness(page, "body") < 0.3
            page.emulate_media(media="print", color_scheme="dark")
            assert brightness(page, "body") > 0.95
            assert brightness(page, "article code") > 0.9

    def test_a_longer_page_is_found(self, reader):
        assert printed(reader.open("reference/pitfalls/")) > 1


class TestQuestions:
    def test_their_answers_are_not_printed(self, reader):
        text = seen(reader.open("teach/quiz/"), "print")
        assert "5 to 1" in text
        assert REASON not in text
        assert "import numpy" not in text

    def test_on_the_screen_and_in_the_key_they_are(self, reader):
        assert REASON in seen(reader.open("teach/quiz/"), "screen")
        assert REASON in seen(reader.open("teach/quiz-key/"), "print")

    def test_the_code_of_a_plan_is_not_printed(self, reader):
        page = reader.open("teach/plan-60/")
        assert "import numpy" in seen(page, "screen")
        assert "import numpy" not in seen(page, "print")
