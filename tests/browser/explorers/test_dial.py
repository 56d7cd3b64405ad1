"""Every explorer has the same dial: its places, its keys, its address."""

import math

import numpy as np
import pytest
from playing import in_core, message, names, state, turn
from playwright.sync_api import expect

from softdial_site.explorers import dial


class TestDial:
    def test_its_places_are_those_of_the_build(self, visit):
        places = in_core(visit("hero"), "Array.from({ length: 61 }, (_, i) => core.temperature(i))")

        assert places == dial()
        assert {0, 0.25, 0.5, 1, 2, 4, 5, math.inf} <= set(places)
        assert places == sorted(set(places))
        assert places[30] == 1
        assert np.allclose(np.multiply(places[1:60], places[59:0:-1]), 1, rtol=0.01)
        steps = np.diff(np.divide(places[:60], np.add(places[:60], 1)))
        assert np.allclose(steps, 1 / 60, atol=0.001)

    def test_every_place_survives_in_the_address(self, visit):
        code = """Array.from({ length: 61 }, (_, place) => {
          const T = core.temperature(place), old = document.querySelector(".explorer");
          history.replaceState(null, "", `?T=${T === Infinity ? "inf" : T}`);
          old.replaceWith(old.cloneNode());
          const { state } = document.querySelector(".explorer");
          return [+document.querySelector(".play-dial input").value, state.T];
        })"""

        assert in_core(visit("hero"), code) == [list(pair) for pair in enumerate(dial())]

    def test_its_stops_stand_where_their_temperatures_are(self, visit):
        stops = visit("hero").locator(".play-stops button")
        found = stops.evaluate_all("all => all.map(({ style }) => parseFloat(style.left))")
        places = [dial().index(t) for t in (0, 0.25, 0.5, 1, 2, 4, math.inf)]
        assert np.allclose(found, np.multiply(places, 100 / 60))

    @names
    def test_the_keyboard_alone_answers_and_turns(self, visit, name):
        page = visit(name)
        page.locator(".play-ask button").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        slider = page.get_by_role("slider", name="temperature T")
        expect(slider).to_be_focused()
        for key, text in (("Home", "T = 0"), ("End", "T = ∞"), ("ArrowLeft", "T = 59")):
            page.keyboard.press(key)
            expect(slider).to_have_attribute("aria-valuetext", text)
            pressed = page.locator(".play-stops [aria-pressed=true]").all_inner_texts()
            assert pressed == [text[4:]] * (key != "ArrowLeft")

    @names
    def test_the_address_follows_and_leads_back(self, visit, name):
        page = visit(name, "?T=2")
        turn(page, "¼")
        message(page)
        assert state(page)["T"] == "0.25"

        before = page.locator(".play-view").inner_text()
        page.reload()
        expect(page.locator(".play-dial b")).to_have_text("T = ¼")
        assert page.locator(".play-view").inner_text() == before

    @pytest.mark.parametrize(
        ("name", "choice"),
        [
            ("seesaw", "both + 1"),
            ("order", "min-p 0.2"),
            ("race", "again"),
            ("gradient", "label logit 0"),
        ],
    )
    def test_a_choice_survives_in_the_address(self, visit, name, choice):
        page = visit(name, "?T=0.5")
        page.get_by_role("button", name=choice).click()
        said = message(page)
        page.reload()

        assert message(page) == said

    @pytest.mark.parametrize("value", ["-1", "hot", "", "nan"])
    def test_a_wrong_address_is_left_aside(self, visit, value):
        page = visit("hero", f"?T={value}")

        expect(page.locator(".play-dial b")).to_have_text("T = 1")
