"""What one explorer alone can do."""

import math

import numpy as np
import pytest
from playing import GAP, TRIPLE, message, mulberry32_counts, rows, state, turn
from playwright.sync_api import expect

from softdial import entropy, min_p, softmax, top_k, top_p
from softdial_site.explorers import EXPLORERS, dial, race, reliability
from softdial_site.figures.style import MINUS, TIMES, digits


def pressed(page):
    """The choices that are told to be taken, besides the stops of the dial."""
    return page.locator(".play-row [aria-pressed=true]").all_inner_texts()


class TestHero:
    """Own numbers, odds, entropy, draws, and a vocabulary that does not fit the screen."""

    @pytest.mark.parametrize(
        ("query", "shown"),
        [("?T=0.5", ["0.1", "0.9"]), ("?T=1", ["0.25", "0.75"]), ("?T=5", ["0.445", "0.555"])],
    )
    def test_the_numbers_of_the_seed_stand_there(self, visit, query, shown):
        assert [row[1] for row in rows(visit("hero", query))] == shown

    def test_odds_entropy_and_choices(self, visit):
        facts = visit("hero", "?T=0.5").locator(".play-facts b").all_inner_texts()
        nats = entropy([0.1, 0.9])

        assert facts == ["9 to 1", f"{digits(nats)} nats", digits(np.exp(nats))]

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("as=z&x=0+1&T=0", "all to nothing"),
            ("as=z&x=0+20&T=1", "over 1,000 to 1"),
            ("as=z&x=0+1000&T=1", "over 1,000 to 1"),
            ("as=z&x=1+1&T=0", "1 to 1"),
            ("as=z&x=1+-inf&T=inf", "all to nothing"),
        ],
    )
    def test_odds_at_the_ends(self, visit, query, shown):
        assert visit("hero", f"?{query}").locator(".play-facts b").first.inner_text() == shown

    @pytest.mark.parametrize(
        ("query", "logits", "t"),
        [
            ("as=z&x=2+1+-3&T=0.5", [2, 1, -3], 0.5),
            ("as=p&x=10,20,30&T=0.5", np.log([10, 20, 30]), 0.5),
            ("as=z&x=2+2+-3&T=0", [2, 2, -3], 0),
            ("as=z&x=2+1+-inf&T=inf", [2, 1, -math.inf], math.inf),
            ("as=p&x=0.5+0+0.5&T=2", [0, -math.inf, 0], 2),
            ("as=z&x=2;1;−3&T=2", [2, 1, -3], 2),
            ("as=z&x=2+1+−∞&T=2", [2, 1, -math.inf], 2),
        ],
    )
    def test_own_numbers(self, visit, query, logits, t):
        page = visit("hero", f"?{query}")
        shown = [row[1] for row in rows(page)]

        assert shown == [digits(p) for p in softmax(logits, temperature=t)]
        if "as=z" in query:
            assert [row[0] for row in rows(page)] == [digits(z) for z in logits]

    def test_typing_changes_the_rows_and_the_address(self, visit):
        page = visit("hero", "?T=2&seed=1")
        kind = page.get_by_label("kind of numbers")
        field = page.get_by_label("your numbers", exact=True)
        kind.select_option("z")
        field.fill("3 2 1 0")

        nats = entropy(softmax([3, 2, 1, 0], temperature=2))
        assert f"as open as {digits(np.exp(nats))} equally likely" in message(page)
        assert len(rows(page)) == 4
        assert state(page) == {"T": "2", "as": "z", "x": "3 2 1 0"}
        page.reload()
        expect(kind).to_have_value("z")
        expect(field).to_have_value("3 2 1 0")

    @pytest.mark.parametrize("text", ["", "7", "1 x", "-1 2", "-1 -3", "inf 1", "0 0"])
    def test_what_is_no_distribution_is_said_and_changes_nothing(self, visit, text):
        page = visit("hero", "?T=2")
        before = rows(page)
        field = page.get_by_label("your numbers", exact=True)
        field.fill(text)

        assert message(page).startswith("Write two or more numbers")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert rows(page) == before

    def test_draws_count_to_100_and_a_seed_repeats_them(self, visit):
        page = visit("hero", "?T=1")
        page.get_by_role("button", name="Draw 100").click()
        low, high = mulberry32_counts([0.25, 0.75], 100, 1)

        assert message(page) == f"At T = 1 with seed 1, 100 draws gave {low}, {high}."
        assert [row[2] for row in rows(page)] == [str(low), str(high)]
        assert [row[2] for row in rows(visit("hero", "?seed=1"))] == [str(low), str(high)]

    def test_words_that_may_come_next_are_drawn_by_their_names(self, visit):
        page, given = visit("hero", "?T=0.5"), race()  # the same example as on the page on sampling
        page.get_by_label("kind of numbers").select_option(label="The key is under the …")
        expect(page.get_by_label("your numbers", exact=True)).to_be_hidden()
        names, p = given["tokens"].split(), softmax(given["logits"], temperature=0.5)

        assert [row[:2] for row in rows(page)] == [
            [name, digits(x)] for name, x in zip(names, p, strict=True)
        ]
        page.get_by_role("button", name="Draw 100").click()
        drawn = mulberry32_counts(list(p), 100, 1)
        assert [row[2] for row in rows(page)] == [str(count) for count in drawn]
        choices = page.locator(".play-facts b").last.inner_text()
        assert choices == digits(np.exp(entropy(p)))

    def test_of_50000_tokens_20_are_shown_and_the_rest_is_told_truly(self, visit):
        page = visit("hero", "?as=zipf&T=2")
        p = softmax(-np.log(np.arange(1, 50_001)), temperature=2)
        top, rest = p[:20].sum(), p[20:].sum()
        shown = [row[:2] for row in rows(page)]

        assert [share for _, share in shown] == [digits(x) for x in (*p[:20], rest)]
        assert shown[20][0] == "the other 49,980"
        choices = float(digits(np.exp(entropy(p))).replace("e", "E"))
        assert page.locator(".play-facts b").last.inner_text() == f"{choices:,.0f}"
        expect(page.get_by_label("your numbers", exact=True)).to_be_hidden()
        expected = f"the 20 largest hold {digits(top)}, all others {digits(rest)}."
        assert message(page) == f"At T = 2 {expected}"

    def test_draws_of_50000_tokens_are_told_too(self, visit):
        page = visit("hero", "?as=zipf&T=1&seed=1")
        drawn = [int(row[2]) for row in rows(page)]

        assert (
            message(page)
            == f"At T = 1 with seed 1, 100 draws gave {drawn[20]} beyond the 20 largest."
        )
        assert sum(drawn) == 100

    def test_an_update_of_50000_tokens_costs_no_more_than_sorting_them_fifteen_times(self, visit):
        update, sort = visit("hero", "?as=zipf&T=2&seed=1").evaluate("""() => {
          const hero = document.querySelector("hero-explorer");
          const clock = (work) => {
            const start = performance.now();
            work();
            return performance.now() - start;
          };
          const row = Array.from({ length: 50_000 }, (_, i) => -Math.log(i + 1));
          const rounds = Array.from({ length: 20 }, (_, i) => [
            clock(() => (hero.set({ T: 1 + i / 10 }), hero.offsetHeight)),
            clock(() => [...row].sort((a, b) => a - b).map(Math.exp)),
          ]);
          return [0, 1].map((part) => Math.min(...rounds.map((round) => round[part])));
        }""")

        assert update <= 15 * sort  # a ratio: where sorting takes 1 ms, a frame has 16


class TestOthers:
    """What one explorer alone can do."""

    def test_seesaw_a_shift_moves_nothing_and_doubling_is_halving_the_temperature(self, visit):
        page = visit("seesaw", "?T=1")
        start = rows(page)[1]
        assert start[1:] == ["0.25", "0.75"]
        page.get_by_role("button", name="both + 1").click()
        assert rows(page) == [["logit", "1", digits(1 + GAP)], start]
        expect(page.get_by_role("slider", name="first logit")).to_have_value("1")
        page.get_by_role("button", name=f"both {MINUS} 1").click()
        page.get_by_role("button", name=f"both {TIMES} 2").click()
        doubled = rows(page)[1]
        assert doubled[1:] == ["0.1", "0.9"]
        page.get_by_role("button", name="both ÷ 2").click()
        turn(page, "½")
        assert rows(page)[1] == doubled

    def test_seesaw_each_logit_has_a_slider_of_its_own(self, visit):
        page = visit("seesaw", "?T=1")
        slider = page.get_by_role("slider", name="second logit")
        slider.press("Home")

        expect(slider).to_have_attribute("aria-valuetext", f"{MINUS}8")
        assert rows(page)[0] == ["logit", "0", f"{MINUS}8"]
        assert rows(page)[1][2] == digits(softmax([0, -8])[1])

    @pytest.mark.parametrize(("logits", "p"), [("a=0&b=1", "1"), ("a=2&b=2", "0.5")])
    def test_seesaw_nothing_is_divided_by_a_temperature_of_0(self, visit, logits, p):
        said = message(visit("seesaw", f"?T=0&{logits}"))
        assert said.endswith(f"at T = 0 the larger takes all, ties share: the second gets p = {p}.")

    def test_curves_the_middle_one_peaks_where_the_package_says(self, visit):
        page = visit("curves")
        page.get_by_role("button", name="rises, then falls").click()
        top = EXPLORERS["curves"].attributes()["peak"]
        most = digits(softmax(TRIPLE, temperature=top)[1])

        assert (
            f"At T = {digits(top)} the class with logit 1 is at its highest, p = {most}: "
            "the average logit passes 1." in message(page)
        )
        turn(page, "4")
        assert "falls with T" in message(page)

    @pytest.mark.parametrize(("stop", "way"), [("0", "rises"), ("2", "rises"), ("4", "falls")])
    def test_curves_the_average_says_which_way_the_middle_one_goes(self, visit, stop, way):
        page = visit("curves", f"?T={stop}")
        mean = digits(softmax(TRIPLE, temperature=float(stop)) @ TRIPLE)
        side = {"rises": "above", "falls": "below"}[way]
        assert f"which {way} with T: the average logit, {mean}, is {side} 1." in message(page)
        assert rows(page)[0][-1] == mean

    def test_curves_the_average_ends_at_the_plain_one(self, visit):
        said = message(visit("curves", "?T=inf"))
        assert said.endswith("each logit counts a third in the average: 0.")

    @pytest.mark.parametrize(
        ("rule", "cut"),
        [
            ("top-k 2", lambda z: top_k(z, 2)),
            ("top-p 0.8", lambda z: top_p(z, 0.8)),
            ("min-p 0.2", lambda z: min_p(z, 0.2)),
        ],
    )
    def test_order_both_columns_are_those_of_the_package(self, visit, rule, cut):
        page, logits = visit("order", "?T=1"), np.array([3.0, 2.0, 1.0])
        page.get_by_role("button", name=rule).click()
        assert pressed(page) == [rule]
        marks = page.locator(".play-plot path.ink[visibility=visible]")
        expect(marks).to_have_count(2 if rule.startswith("top-p") else 0)
        for stop, t in (("½", 0.5), ("1", 1), ("2", 2), ("4", 4)):
            turn(page, stop)
            ends = np.array([softmax(cut(logits / t)), softmax(cut(logits), temperature=t)])
            shown = [["cut" if p == 0 else digits(p) for p in pair] for pair in ends.T]
            assert [row[1:] for row in rows(page)] == shown

    def test_order_what_passed_the_cut_and_got_nothing_is_not_cut(self, visit):
        page = visit("order", "?T=0")
        assert [row[1:] for row in rows(page)] == [["1", "1"], ["cut", "0"], ["cut", "cut"]]
        assert message(page) == "top-p 0.8 at T = 0 keeps 1 with T first, 2 with T last."

    @pytest.mark.parametrize("rule", ["best", "toString"])
    def test_order_a_rule_that_is_not_there_is_left_aside(self, visit, rule):
        assert message(visit("order", f"?rule={rule}")).startswith("top-p 0.8 at T = 1 keeps 2")

    def test_race_counts_are_the_draws_and_again_takes_the_next_seed(self, visit):
        page, p = visit("race", "?T=1"), [0.5, 0.2, 0.15, 0.1, 0.05]
        page.get_by_role("button", name="draw 1000").click()
        assert pressed(page) == ["1,000"]
        counts = mulberry32_counts(p, 1000, 1)
        assert rows(page)[0][1:] == [str(round(1000 * share)) for share in p]
        assert rows(page)[1][1:] == [str(count) for count in counts]
        page.get_by_role("button", name="again").click()
        assert "With seed 2" in message(page)

    def test_race_an_absurd_number_of_draws_is_not_made(self, visit):
        page = visit("race", "?n=1e12")

        assert "With seed 1, 100 draws" in message(page)
        assert "NaN" not in page.locator(".play").inner_text()

    def test_reliability_every_place_shows_what_the_package_computed(self, visit):
        page, given = visit("reliability", "?T=1"), reliability()
        for stop, t in (("½", 0.5), ("1", 1), ("4", 4)):
            turn(page, stop)
            place = dial().index(t)
            loss, ece, hits = given["loss"][place], given["ece"][place], given["accuracy"]
            assert rows(page)[0][1:] == [digits(loss), digits(ece), digits(hits)]
            full = np.isfinite(given["confidence"][10 * place : 10 * place + 10]).sum()
            expect(page.locator(".play-plot circle:visible")).to_have_count(int(full))

    def test_reliability_a_temperature_between_two_places_is_that_of_the_nearer(self, visit):
        page, given, near = visit("reliability", "?T=1.3"), reliability(), dial().index(1.31)
        assert message(page).startswith(f"At T = 1.31 the loss is {digits(given['loss'][near])},")

    def test_reliability_where_all_classes_tie_there_is_no_accuracy(self, visit):
        page, given = visit("reliability", "?T=inf"), reliability()
        ece = digits(given["ece"][dial().index(math.inf)])
        assert rows(page)[0][2:] == [ece, "\N{EN DASH}"]
        assert "no answer stands out" in message(page)

    def test_reliability_the_answer_leads_to_the_fitted_temperature(self, visit):
        page, given = visit("reliability"), reliability()
        page.get_by_role("button", name="It stays the same").click()

        fitted, loss = digits(given["fitted"]), digits(given["loss"][-1])
        assert f"At T = {fitted}, as fitted, the loss is {loss}," in message(page)

    def test_gradient_the_pushes_follow_the_label(self, visit):
        page = visit("gradient", "?T=0.5")
        page.get_by_role("button", name="label logit 0").click()
        errors = np.array([0, 0, 1]) - softmax([2, 1, 0], temperature=0.5)

        assert rows(page)[1][1:] == [digits(error) for error in errors]
        assert rows(page)[2][1:] == [digits(error / 0.5) for error in errors]
        names = page.locator(".play-plot text").all_text_contents()
        assert names == ["logit 2", "logit 1", "logit 0, the label"]

    @pytest.mark.parametrize(("label", "said"), [(0, "nothing is left"), (1, "without bound")])
    def test_gradient_the_pushes_of_the_cold_depend_on_who_leads(self, visit, label, said):
        push = (np.eye(3)[label] - softmax([2, 1, 0], temperature=1 / 64))[label] * 64
        assert (push > 60) == (said == "without bound")
        assert said in message(visit("gradient", f"?T=0&label={label}"))

    @pytest.mark.parametrize("label", ["7", "-1", "1.5"])
    def test_gradient_a_label_that_is_not_there_is_left_aside(self, visit, label):
        page = visit("gradient", f"?label={label}")
        assert pressed(page) == ["logit 1"]

    def test_gradient_a_push_that_is_nearly_nothing_keeps_its_digits(self, visit):
        page, rest = visit("gradient", "?T=0.03&label=0"), softmax([2, 1, 0], temperature=0.03)[1:]
        assert rows(page)[1][1] == digits(rest.sum())
        assert digits(rest.sum()) != digits(1 - (1 - rest.sum()))

    def test_gradient_where_all_are_shortened_the_longest_has_a_second_head(self, visit):
        page = visit("gradient", "?T=0.25")
        heads = page.evaluate("""() => [...document.querySelectorAll(".play .arrow")]
          .map((arrow) => arrow.getAttribute("d").split("M").length - 2)""")
        pushes = (np.array([0, 1, 0]) - softmax([2, 1, 0], temperature=0.25)) / 0.25
        assert heads == [1, 2 if pushes[1] > 2 else 1, 1]
