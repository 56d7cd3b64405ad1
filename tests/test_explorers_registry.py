import numpy as np
import pytest
from bs4 import BeautifulSoup
from markdown import markdown

import sites
from softdial import cross_entropy, softmax
from softdial_site import explorers
from softdial_site.explorers import EXPLORERS, element, place, written
from softdial_site.figures import calibration, index, loss, sampling, temperature, truncation
from softdial_site.figures import softmax as simplex

SCRIPTS = sites.ROOT / "docs" / "assets" / "explorers"


def parse(html):
    return BeautifulSoup(html, "html.parser")


class TestPlace:
    def test_the_figure_is_left_as_a_child_to_be_drawn(self):
        page = parse(place(markdown("# A\n\n![](play:hero)\n\nB"), "../assets/"))

        (image,) = page.select("hero-explorer.explorer > p > img")
        assert image["src"] == "fig:index-dial"
        assert image["alt"] == ""

    def test_the_script_comes_with_it(self):
        page = parse(place(markdown("![](play:hero)"), "../assets/"))

        src = "../assets/explorers/hero.js"
        assert page.script.attrs == {"type": "module", "async": "", "src": src}

    def test_a_page_without_explorers_stays(self):
        html = "<p>replay: a play: in one act</p>"
        assert place(html, "") == html

    def test_code_may_speak_of_explorers(self):
        html = markdown("Write `![](play:NAME)`.")
        assert place(html, "") == html

    @pytest.mark.parametrize("text", ["See ![](play:hero) here.", "![named](play:hero)"])
    def test_an_explorer_inside_a_text_stops_the_build(self, text):
        with pytest.raises(ValueError, match="as a paragraph of its own"):
            place(markdown(text), "")

    def test_a_second_one_on_a_page_stops_the_build(self):
        with pytest.raises(ValueError, match="hero and curves: one on a page"):
            place(markdown("![](play:hero)\n\n![](play:curves)"), "")

    def test_an_unknown_name_stops_the_build_and_the_others_are_told(self):
        with pytest.raises(ValueError, match="there is no play:curve; there are hero, seesaw, "):
            place(markdown("![](play:curve)"), "")


class TestAttributes:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("a & b", "a & b"),
            (0.1, "0.1"),
            ([2.0, -np.inf], "2.0 -inf"),
            (np.log([0.25, 0.75]), "-1.3862943611198906 -0.2876820724517809"),
        ],
    )
    def test_numbers_are_written_in_full(self, value, text):
        assert written(value) == text

    def test_they_are_escaped(self, monkeypatch):
        unsafe = explorers.Explorer("index-dial", lambda: {"text": 'a "b" <c>'})
        monkeypatch.setitem(EXPLORERS, "unsafe", unsafe)

        assert 'text="a &quot;b&quot; &lt;c&gt;"' in element("unsafe", "")

    @pytest.mark.parametrize("name", EXPLORERS)
    def test_every_explorer_has_its_module_and_a_name_of_its_own(self, name):
        code = (SCRIPTS / f"{name}.js").read_text("utf-8")

        assert f'customElements.define("{name}-explorer"' in code
        assert '  name = "Explorer: ' in code

    def test_every_module_belongs_to_an_explorer(self):
        assert {file.stem for file in SCRIPTS.glob("*.js")} == {"core", "plot", *EXPLORERS}


class TestReliability:
    def test_there_is_one_entry_for_each_place_of_the_dial_and_the_fit(self):
        given = explorers.reliability()
        assert len(given["loss"]) == len(given["ece"]) == 62
        assert len(given["confidence"]) == len(given["hits"]) == 620
        assert given["loss"][-1] == pytest.approx(min(given["loss"]), abs=1e-4)

    def test_bins_of_few_rows_show_no_dot(self):
        given = explorers.reliability()
        assert np.array_equal(np.isnan(given["confidence"]), given["count"] < 30)


class TestNumbersOfTheFigures:
    """An explorer shows the case that its figure shows."""

    def test_hero(self):
        given = explorers.hero()
        assert np.array_equal(softmax(given["logits"]), index.PAIRS[index.STOPS.index(1)])
        assert given["options"][-1] == pytest.approx(index.PAIRS[index.STOPS.index(0.5)].max())

    def test_curves(self):
        given = explorers.curves()
        assert given["logits"] == temperature.LOGITS
        assert given["peak"] == temperature.middle_peak()[0]

    def test_simplex(self):
        assert EXPLORERS["simplex"].attributes()["logits"] == simplex.LOGITS

    def test_order(self):
        given = EXPLORERS["order"].attributes()
        assert given["logits"] == truncation.TRIPLE.tolist()
        assert given["top-p"] == truncation.TOP_P

    def test_race(self):
        given = explorers.race()
        assert given["tokens"].split() == sampling.TOKENS
        assert np.array_equal(given["logits"], sampling.LOGITS)

    def test_reliability(self):
        given, stops = explorers.reliability(), [explorers.dial().index(1), -1]
        assert given["fitted"] == calibration.FITTED
        assert np.allclose(np.take(given["ece"], stops), calibration.ECE, atol=1e-5)
        rows = calibration.LOGITS, calibration.LABELS
        losses = [cross_entropy(*rows, temperature=t).mean() for t in calibration.STOPS]
        assert np.allclose(np.take(given["loss"], stops), losses, atol=1e-5)

    def test_gradient(self):
        assert EXPLORERS["gradient"].attributes()["logits"] == loss.LOGITS
