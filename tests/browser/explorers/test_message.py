"""What is said after a move: one move, one message, computed by the package."""

import math
import re

import numpy as np
import pytest
from playing import GAP, PAIR, PAUSE, TRIPLE, message, names, turn
from playwright.sync_api import expect

from softdial import softmax, top_p
from softdial_site.explorers import dial, reliability
from softdial_site.figures.style import MINUS, digits
from tools import assert_none


def silent(page):
    """Yield what is wrong with the live message: it must follow the dial."""
    messages = []
    for stop in ("½", "2"):
        turn(page, stop)
        page.evaluate("document.querySelector('.explorer').settle()")
        messages.append(page.locator(".play [role=status]").all_inner_texts())
    if messages[0] == messages[1] or messages[0] == [""]:
        yield f"the live message is {messages}"


def hero_says():
    low, high = softmax(PAIR, temperature=2)
    odds = f"odds of 3 to 1 become {digits(high / low)} to 1"
    return f"At T = 2 {odds}, and 0.75 becomes {digits(high)}."


def seesaw_says():
    p = softmax([0, GAP], temperature=2)[1]
    second = f"the second gets p = {digits(p)}"
    return f"The gap is {digits(GAP)}; divided by T = 2 it is {digits(GAP / 2)}, and {second}."


def curves_says():
    p = softmax(TRIPLE, temperature=2)
    rises = f"the class with logit 1 has p = {digits(p[1])}, which rises with T"
    return f"At T = 2 {rises}: the average logit, {digits(p @ TRIPLE)}, is above 1."


def simplex_says():
    p = softmax(TRIPLE, temperature=2)
    times = f"{digits(p[1] / p[2])} times as likely as logit {MINUS}3"
    return f"At T = 2 the path leans toward logit 1: {times}."


def order_says():
    first = np.isfinite(top_p(np.array([3, 2, 1]) / 4, 0.8)).sum()
    last = np.isfinite(top_p([3, 2, 1], 0.8)).sum()
    return f"top-p 0.8 at T = 4 keeps {first} with T first, {last} with T last."


def race_says():
    p = softmax(np.log([0.5, 0.2, 0.15, 0.1, 0.05]), temperature=2)[0]
    reach = 2 * math.sqrt(p * (1 - p) * 100)
    reached = f"give or take {digits(reach)} (two standard errors)"
    times = f"{digits(100 * p)} times in 100 draws at T = 2, {reached}"
    return f"Expect mat {times}."


def reliability_says():
    given, place = reliability(), dial().index(2)
    loss, ece = given["loss"][place], given["ece"][place]
    so = f"the loss is {digits(loss)}, the ECE {digits(ece)}"
    return f"At T = 2 {so}; the accuracy stays at {digits(given['accuracy'])}."


def gradient_says():
    a, b, c = (np.array([0, 1, 0]) - softmax([2, 1, 0], temperature=2)) / 2
    return f"At T = 2 the pushes are {digits(a)}, {digits(b)} and {digits(c)}; they sum to 0."


class TestMessage:
    @names
    def test_one_move_shows_the_claim_in_numbers(self, visit, name):
        page = visit(name, "?T=1")
        said = globals()[f"{name}_says"]()
        turn(page, re.search(r"T = (\d)", said)[1])

        assert message(page) == said

    @pytest.mark.parametrize(
        ("name", "query", "said"),
        [
            ("hero", "T=0", "the largest takes all, and ties share."),
            ("hero", "T=1", "the odds are 3 to 1."),
            ("hero", "T=inf", "everything possible is equally likely."),
            ("simplex", "T=0", "the point stands in its corner: logit 2 is certain."),
            ("simplex", "T=0.25", f"logit 1: over 1,000 times as likely as logit {MINUS}3."),
            ("simplex", "T=inf", "the point stands in the center: all are even."),
            ("order", "T=1", "keeps 2 of 3 in either order."),
            ("gradient", "T=0.25", "sum to 0. A double head: all arrows are shortened to fit."),
        ],
    )
    def test_what_is_special_is_said(self, visit, name, query, said):
        assert message(visit(name, f"?{query}")).endswith(said)

    @names
    def test_it_is_short_and_follows_the_dial(self, visit, name):
        page = visit(name, "?T=1")
        assert_none(silent(page))
        for stop in ("0", "¼", "1", "4", "∞"):
            turn(page, stop)
            said = message(page)
            assert 20 <= len(said) <= 115, said
            assert not re.search("NaN|undefined|null", said + page.locator(".play").inner_text())

    def test_a_lost_live_region_is_found(self, visit):
        page = visit("hero", "?T=1")
        page.evaluate("document.querySelector('.play-says').removeAttribute('role')")

        assert list(silent(page)) == ["the live message is [[], []]"]

    def test_it_comes_once_when_the_hand_rests(self, visit):
        page = visit("hero", "?T=1")
        status = page.locator(".play-says")
        before = status.inner_text()
        page.get_by_role("slider", name="temperature T").focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
            assert status.inner_text() == before
        expect(status).to_contain_text("T\u00a0=\u00a01.4 ", timeout=5 * PAUSE)
        expect(page).to_have_url(re.compile(r"\?T=1\.4#explorer$"))

    def test_of_many_moves_the_last_alone_is_waited_for(self, visit):
        waiting = visit("hero", "?T=1").evaluate("""() => {
          const { setTimeout, clearTimeout } = window, left = new Set();
          let last = 0;
          window.setTimeout = () => (left.add(++last), last);
          window.clearTimeout = (timer) => left.delete(timer);
          for (const T of [2, 3, 4]) document.querySelector(".explorer").set({ T });
          Object.assign(window, { setTimeout, clearTimeout });
          return left.size;
        }""")
        assert waiting == 1

    def test_what_the_theme_keeps_with_the_address_stays(self, visit):
        kept = visit("hero", "?T=1").evaluate("""() => {
          const explorer = document.querySelector(".explorer");
          history.replaceState({ y: 7 }, "");
          explorer.set({ T: 2 });
          explorer.settle();
          return history.state;
        }""")
        assert kept == {"y": 7}
