"""What is meant for paper fits on it."""

import re

ONE_PAGE = ("reference/cheatsheet/",)


def printed(page):
    """The number of A4 pages that a page prints."""
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margins)))


class TestPaper:
    def test_the_cheat_sheet_is_one_page(self, reader):
        assert [path for path in ONE_PAGE if printed(reader.open(path)) != 1] == []

    def test_a_longer_page_is_found(self, reader):
        assert printed(reader.open("reference/pitfalls/")) > 1
