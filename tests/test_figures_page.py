import pytest
from bs4 import BeautifulSoup

from softdial_site.figures.page import caption_html, card_html, figure_html, highlighted

DRAWING = {
    "svg": '<svg viewBox="0 0 360 187.2" fill="#fff">',
    "alt": 'One "&" <two>.',
    "inline": "<svg/>",
    "caption": '**1 < `2`.** Read "`p`". Computed by [`softmax`](softdial.softmax).',
    "script": "x = '<b>'\n",
}


class TestCardHtml:
    def card(self, address="https://a.test/odds/"):
        html = card_html("odds-power", DRAWING, "../figures/", "../odds/", address)
        return BeautifulSoup(html, "html.parser").figure

    def test_it_shows_the_claim_without_marks_and_the_picture_at_its_size(self):
        assert self.card().strong.get_text() == "1 < 2."
        image = self.card().img
        assert (image["width"], image["height"], image["alt"]) == ("360", "187", DRAWING["alt"])

    def test_it_leads_to_the_page_and_to_all_files(self):
        links = [link["href"] for link in self.card().select("a")]
        files = [f"../figures/odds-power.{kind}" for kind in ("svg", "png", "py")]
        assert links == ["../odds/#fig-odds-power", *files]

    def test_every_link_has_a_name_of_its_own(self):
        names = [link["aria-label"] for link in self.card().select("a")]
        assert all("odds-power" in name for name in names)
        assert len(set(names)) == 4

    def test_the_credit_has_the_address_where_there_is_one(self):
        credit = "“1 < 2.” softdial, https://a.test/odds/#fig-odds-power, CC BY 4.0."
        assert self.card().select("details p")[1].get_text() == credit
        assert self.card("").select("details p")[1].get_text() == "“1 < 2.” softdial, CC BY 4.0."


class TestHighlighted:
    def test_the_copied_text_is_the_code(self):
        block = BeautifulSoup(highlighted("x = '<b>'\n"), "html.parser")

        assert block.select_one("div.language-python.highlight > pre > code").text == "x = '<b>'\n"


class TestFigureHtml:
    @pytest.fixture
    def figure(self):
        html = figure_html("odds-power", DRAWING, "../figures/", "../api/")
        return BeautifulSoup(html, "html.parser").figure

    def test_picture_caption_and_folded_code_stand_in_one_figure(self, figure):
        assert figure["id"] == "fig-odds-power"
        assert figure["class"] == ["fig"]
        assert [child.name for child in figure.find_all(recursive=False)] == ["svg", "figcaption"]
        assert figure.select_one("figcaption > details.fig-source:not([open]) code").text

    def test_search_leaves_it_out(self, figure):
        assert figure.has_attr("data-search-exclude")

    def test_links_lead_to_function_files_and_license(self, figure):
        assert [link["href"] for link in figure.find_all("a")] == [
            "../api/#softdial.softmax",
            "../figures/odds-power.svg",
            "../figures/odds-power.png",
            "https://creativecommons.org/licenses/by/4.0/",
        ]


class TestCaptionHtml:
    def test_bold_code_and_link_become_html_and_the_rest_is_escaped(self):
        assert caption_html(DRAWING["caption"], "api/") == (
            '<strong>1 &lt; <code>2</code>.</strong> Read "<code>p</code>". '
            'Computed&nbsp;by&nbsp;<a href="api/#softdial.softmax"><code>softmax</code></a>.'
        )
