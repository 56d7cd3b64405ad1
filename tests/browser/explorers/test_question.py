"""An explorer asks before it shows."""

import re

from playing import GAP, PAIR, message, names, state, turn
from playwright.sync_api import expect

from softdial import softmax
from softdial_site.explorers import EXPLORERS
from softdial_site.figures.style import digits

# What the package says of each question; test_abilities and test_pictures show the facts.
RIGHT = {
    "hero": digits(softmax(PAIR, temperature=0.5).max()),
    "seesaw": "It rises",
    "curves": "rises, then falls",
    "simplex": "bent toward logit 1",
    "order": "T first",
    "race": "40 to 60",
    "reliability": "It stays the same",
    "gradient": "0",
}

# The state that an answer leads to: what the question speaks of.
LED = {
    "hero": {"T": "0.5"},
    "seesaw": {"b": str(2 * GAP)},
    "curves": {"T": digits(EXPLORERS["curves"].attributes()["peak"])},
    "simplex": {"T": "2"},
    "order": {"T": "4"},
    "race": {"n": "100"},
    "reliability": {"T": digits(EXPLORERS["reliability"].attributes()["fitted"])},
    "gradient": {"T": "2"},
}


class TestQuestion:
    @names
    def test_it_is_asked_before_the_answer_can_be_seen(self, visit, name):
        page = visit(name)

        expect(page.get_by_role("group", name="Explorer: ")).to_be_visible()
        expect(page.locator(".play-plot:not([aria-hidden=true])")).to_have_count(0)
        expect(page.locator(".play-ask")).to_contain_text("Predict.")
        expect(page.locator(".play-ask button")).to_have_count(4)
        expect(page.locator(".play [role=status]")).to_have_count(0)
        expect(page.locator(".explorer figcaption > p")).to_be_hidden()
        seen = "(node) => getComputedStyle(node).visibility"
        curves = page.locator(".play :is(.cold, .hot)").all()
        assert {curve.evaluate(seen) for curve in curves} <= {"hidden"}

    @names
    def test_the_right_answer_is_taken_for_right(self, visit, name):
        page = visit(name)
        page.get_by_role("button", name=RIGHT[name], exact=True).click()

        assert message(page).startswith("Yes. ")
        assert state(page) == LED[name]
        turn(page, "¼")
        assert not message(page).startswith("Yes. ")

    @names
    def test_one_answer_is_right_and_the_others_are_put_right(self, visit, name):
        said = []
        for choice in range(3):
            page = visit(name)
            page.locator(".play-ask button").nth(choice).click()
            said.append(message(page))
        (right,) = [text for text in said if text.startswith("Yes. ")]
        wrong = [text for text in said if text.startswith("No: ")]

        assert len(wrong) == 2
        assert all(text.endswith(right.removeprefix("Yes. ")) for text in wrong)

    @names
    def test_an_answer_leads_to_the_dial_and_opens_the_caption(self, visit, name):
        page = visit(name)
        page.locator(".play-ask button").first.click()

        expect(page.locator(".play input[type=range]").first).to_be_focused()
        expect(page.locator(".explorer figcaption > p")).to_be_visible()
        expect(page.locator(".explorer figcaption details")).to_be_visible()

    @names
    def test_it_may_be_skipped(self, visit, name):
        page = visit(name)
        page.get_by_role("button", name="Skip").click()

        assert not re.match("Yes|No", message(page))
        assert state(page) == {}

    @names
    def test_whoever_turns_the_dial_first_has_skipped_it(self, visit, name):
        page = visit(name)
        turn(page, "2")

        assert not re.match("Yes|No", message(page))
        assert state(page) == {"T": "2"}
        expect(page.locator(".play-ask")).to_have_count(0)
        expect(page.locator(".explorer figcaption > p")).to_be_visible()

    @names
    def test_a_link_to_a_state_asks_nothing(self, visit, name):
        page = visit(name, "?T=0.5")

        expect(page.locator(".play-ask")).to_have_count(0)
        slider = page.get_by_role("slider", name="temperature T")
        expect(slider).to_have_attribute("aria-valuetext", "T = ½")
        expect(page.locator(".play [role=status]")).not_to_have_text("")
