"""The page of the seed notebook: its numbers, its weight, its look, its download."""

import gzip
import json

import nbformat
import pytest
from nbclient import NotebookClient

import sites

PAGE, PLAIN = "learn/seed/", "learn/odds/"

# What the original notebook prints, digit for digit, in its order.
ORIGINAL = [
    [0.25, 0.75],
    [-1.3862943611198906, -0.2876820724517809],
    ([0.25, 0.75], 1.0),
    [-2.772588722239781, -0.5753641449035618],
    ([0.1, 0.9], 1.0),
    [-0.2772588722239781, -0.05753641449035618],
    ([0.44528931866219296, 0.5547106813378071], 1.0),
]


def outputs(site):
    return [part.get_text() for part in sites.parse(site, PAGE).select(".snippet .output")]


def missing(shown, wanted):
    """Return the outputs that do not stand on the page in this order."""
    left = iter(shown)
    return [repr(output) for output in wanted if repr(output) not in left]


def weight(site, path):
    return len(gzip.compress(sites.page_file(site, path).read_bytes()))


class TestNumbers:
    def test_every_number_of_the_original_is_printed_in_its_order(self, site):
        assert missing(outputs(site), ORIGINAL) == []

    def test_a_number_off_by_one_bit_is_noticed(self, site):
        last = ([0.44528931866219296, 0.554710681337807], 1.0)
        assert missing(outputs(site), [*ORIGINAL[:-1], last]) == [repr(last)]

    def test_another_order_is_noticed(self, site):
        assert missing(outputs(site), ORIGINAL[::-1]) != []


class TestLook:
    def test_it_weighs_no_more_than_a_page_of_text(self, site):
        assert weight(site, PAGE) <= 1.5 * weight(site, PLAIN)

    def test_nothing_of_the_notebook_theme_is_left(self, site):
        text = sites.page_file(site, PAGE).read_text("utf-8")
        assert "jp-" not in text
        assert "highlight-ipynb" not in text

    def test_code_and_outputs_stand_in_the_frames_of_other_pages(self, site):
        shapes = [
            [part["class"] for part in sites.parse(site, page).select_one(".snippet:has(.output)")]
            for page in (PAGE, PLAIN)
        ]
        assert shapes[0] == shapes[1]

    def test_headings_have_the_anchors_written_in_the_source(self, site):
        page = sites.parse(site, PAGE)
        assert page.select_one("h2#low")
        assert page.select_one('nav a[href="#low"]')
        assert "{#" not in page.get_text()

    def test_at_most_eight_notes_stand_in_the_margin(self, site):
        assert 1 <= len(sites.parse(site, PAGE).select("aside.note")) <= 8

    def test_the_description_is_the_notebooks(self, site):
        description = sites.parse(site, PAGE).select_one('meta[name="description"]')["content"]
        assert description.startswith("One notebook, two probabilities")


@pytest.mark.filterwarnings("ignore::Warning:jupyter_client", "ignore::Warning:zmq")
class TestDownload:
    def notebook(self, site):
        return nbformat.read(site / PAGE / "seed.ipynb", as_version=4)

    def test_running_it_again_prints_the_same(self, site):
        notebook = self.notebook(site)
        before = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
        NotebookClient(notebook, kernel_name="python3").execute()
        after = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
        assert before == after

    def test_its_links_lead_to_the_published_site(self, site):
        text = "".join(cell.source for cell in self.notebook(site).cells)
        assert f"]({sites.address(site)}learn/odds/)" in text
        assert ".md" not in text

    def test_its_figure_is_inside(self, site):
        assert '"image/png"' in json.dumps(self.notebook(site))


class TestFailingCell:
    def test_a_cell_that_raises_stops_the_build(self, tmp_path):
        source = sites.copy(tmp_path / "source")
        with (source / "docs" / "learn" / "seed.py").open("a") as notebook:
            notebook.write("\n# %%\n1 / 0\n")

        with pytest.raises(pytest.fail.Exception, match="ZeroDivisionError"):
            sites.build(tmp_path / "site", source=source)
