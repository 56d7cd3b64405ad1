"""What the page on verification says was counted is what stands in the built site."""

import re

import sites
from softdial_site import numbers

LOCK = (sites.ROOT / "requirements.txt").read_text("utf-8")


def told(site):
    """Return the counts as the page tells them."""
    rows = sites.parse(site, "reference/verified/").select("table.generated tr")
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in rows]
    return {
        row[0]: int(row[1].replace(",", "")) for row in cells if re.fullmatch("[0-9,]+", row[1])
    }


def occurrences(site, pattern):
    """Count a pattern in the articles of all pages that readers look for."""
    paths = [path for path in sites.pages(site) if path != "404.html"]
    texts = (sites.page_file(site, path).read_text("utf-8") for path in paths)
    articles = (text[text.index("<article") : text.index("</article>")] for text in texts)
    return sum(len(re.findall(pattern, article)) for article in articles)


class TestCounts:
    def test_pages_outputs_figures_explorers_and_formulas_are_as_many_as_told(self, site):
        counts = told(site)
        marks = {
            "pages": "<h1",
            "outputs": 'class="output',
            "figures": 'class="fig"',
            "explorers": "-explorer [^>]*>",
            "formulas": "<math[ >]",
        }
        assert {name: occurrences(site, mark) for name, mark in marks.items()} == {
            name: counts[name] for name in marks
        }

    def test_so_are_blocks_of_code_and_numbers_in_prose(self, site):
        counts, products = told(site), numbers.products(LOCK)
        pages = [sites.parse(site, path) for path in sites.pages(site) if path != "404.html"]
        blocks = sum(len(page.select(".snippet .language-python")) for page in pages)
        claims = sum(1 for page in pages for _ in numbers.claims(page.article, products))
        assert counts["blocks of code"] == blocks
        assert counts["numbers in prose"] == claims

    def test_nothing_is_told_to_be_none(self, site):
        counts = told(site)
        assert len(counts) == 8
        assert min(counts.values()) > 0

    def test_a_surplus_figure_is_found(self, tmp_path):
        (tmp_path / "index.html").write_text('<article><h1>A</h1><div class="fig"></div></article>')

        assert occurrences(tmp_path, 'class="fig"') == 1
