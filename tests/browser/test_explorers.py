"""Explorers: they ask, show, say and remember; their numbers are those of the package."""

import gzip
import math
import random
import re
from contextlib import ExitStack

import numpy as np
import pytest
import stage
from harness import reading
from playwright.sync_api import expect
from test_axe import violations
from test_figures import misplaced, pale
from test_keyboard import STILL, lost_readers

import sites
from softdial import entropy, min_p, softmax, top_k, top_p
from softdial_site.explorers import EXPLORERS, dial, reliability
from softdial_site.figures.style import MINUS, TIMES, digits
from tools import assert_none

PHONE = {"viewport": {"width": 360, "height": 800}}
DESK = {"viewport": {"width": 1280, "height": 900}}
PAUSE = 600  # milliseconds after which the message stands and the address is written
PAGE, ALL = 7_000, 18_000
SCRIPT = "document.querySelector('article script[type=module]').src"
CORE = f"import({SCRIPT}.replace(/[^/]+$/, 'core.js'))"
names = pytest.mark.parametrize("name", EXPLORERS)


@pytest.fixture(scope="module")
def staged(site, tmp_path_factory):
    return stage.build(site, tmp_path_factory.mktemp("stage") / "site", EXPLORERS)


@pytest.fixture(scope="module")
def readers(chromium, staged):
    """One visitor for each kind of browser, kept for all tests."""
    with ExitStack() as stack:
        found = {}

        def reader(**options):
            key = repr(sorted(options.items()))
            if key not in found:
                found[key] = stack.enter_context(reading(chromium, staged, **options))
            return found[key]

        yield reader
        assert_none(trouble for reader in found.values() for trouble in reader.trouble)


@pytest.fixture
def visit(readers):
    """Open the stage of an explorer, at its question or in a state."""

    def visit(name, query="", **options):
        page = readers(**(options or DESK)).open(stage.address(name) + query)
        page.locator(".play").wait_for()
        return page

    return visit


def turn(page, stop):
    page.locator(".play-stops").get_by_label(f"T = {stop}", exact=True).click()


def message(page):
    """The live message, as it stands once the hand rests."""
    page.evaluate("document.querySelector('.explorer').settle()")
    return page.locator(".play [role=status]").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def silent(page):
    """Yield what is wrong with the live message: it must follow the dial."""
    messages = []
    for stop in ("½", "2"):
        turn(page, stop)
        page.evaluate("document.querySelector('.explorer').settle()")
        messages.append(page.locator(".play [role=status]").all_inner_texts())
    if messages[0] == messages[1] or messages[0] == [""]:
        yield f"the live message is {messages}"


def rows(page):
    """The body of the table, cell by cell."""
    lines = page.locator(".play-table tbody tr").all_inner_texts()
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def state(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


class TestQuestion:
    @names
    def test_it_is_asked_before_the_answer_can_be_seen(self, visit, name):
        page = visit(name)

        expect(page.locator(".play-ask")).to_contain_text("Predict.")
        expect(page.locator(".play-ask button")).to_have_count(4)
        expect(page.locator(".play input")).to_have_count(0)
        expect(page.locator(".play [role=status]")).to_have_text("")
        expect(page.locator(".explorer figcaption > p")).to_be_hidden()
        seen = "(node) => getComputedStyle(node).visibility"
        curves = page.locator(".play :is(.cold, .hot)").all()
        assert {curve.evaluate(seen) for curve in curves} <= {"hidden"}

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
    def test_an_answer_opens_the_dial_and_the_caption(self, visit, name):
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
    def test_a_link_to_a_state_asks_nothing(self, visit, name):
        page = visit(name, "?T=0.5")

        expect(page.locator(".play-ask")).to_have_count(0)
        slider = page.get_by_role("slider", name="temperature T")
        expect(slider).to_have_attribute("aria-valuetext", "T = ½")
        expect(page.locator(".play [role=status]")).not_to_have_text("")


class TestDial:
    def test_its_places_are_those_of_the_build(self, visit):
        places = in_core(visit("hero"), "Array.from({ length: 61 }, (_, i) => core.temperature(i))")

        assert places == dial()
        assert places[::10] == [0, 0.25, 0.5, 1, 2, 4, math.inf]
        assert places == sorted(set(places))
        assert np.allclose(np.diff(np.log2(places[10:51])), 0.1, atol=0.01)
        assert 5 in places

    def test_every_place_survives_in_the_address(self, visit):
        code = """Array.from({ length: 61 }, (_, place) => {
          const T = core.temperature(place), old = document.querySelector(".explorer");
          history.replaceState(null, "", `?T=${T === Infinity ? "inf" : T}`);
          old.replaceWith(old.cloneNode());
          const { state } = document.querySelector(".explorer");
          return [+document.querySelector(".play-dial input").value, state.T];
        })"""

        assert in_core(visit("hero"), code) == [list(pair) for pair in enumerate(dial())]

    @names
    def test_the_keyboard_alone_answers_and_turns(self, visit, name):
        page = visit(name)
        page.locator(".play-ask button").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        slider = page.get_by_role("slider", name="temperature T")
        expect(slider).to_be_focused()
        for key, text in (("Home", "T = 0"), ("End", "T = ∞"), ("ArrowLeft", "T = 40")):
            page.keyboard.press(key)
            expect(slider).to_have_attribute("aria-valuetext", text)

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

    @pytest.mark.parametrize("value", ["-1", "hot", "", "nan"])
    def test_a_wrong_address_is_left_aside(self, visit, value):
        page = visit("hero", f"?T={value}")

        expect(page.locator(".play-dial b")).to_have_text("T = 1")


# --- what is said: one move, one message, computed by the package ------------------------------

PAIR, TRIPLE = np.log([0.25, 0.75]), np.array([2.0, 1.0, -3.0])
GAP = math.log(3)


def hero_says():
    low, high = softmax(PAIR, temperature=2)
    odds = f"odds of 3 to 1 become {digits(high / low)} to 1"
    return f"At T = 2 {odds}, and 0.75 becomes {digits(high)}."


def seesaw_says():
    p = softmax([0, GAP], temperature=2)[1]
    return f"The gap is {digits(GAP)}; over T = 2 it is {digits(GAP / 2)}, and p = {digits(p)}."


def curves_says():
    p = softmax(TRIPLE, temperature=2)
    rises = f"logit 1 has {digits(p[1])} and rises with T"
    return f"At T = 2 {rises}; the entropy, {digits(entropy(p))} nats, only rises."


def simplex_says():
    p = softmax(TRIPLE, temperature=2)
    times = f"{digits(p[1] / p[2])} times as likely as logit {MINUS}3"
    return f"At T = 2 the path leans to logit 1: {times}."


def order_says():
    first = np.isfinite(top_p(np.array([3, 2, 1]) / 4, 0.8)).sum()
    last = np.isfinite(top_p([3, 2, 1], 0.8)).sum()
    return f"top-p 0.8 at T = 4 keeps {first} with T first, {last} with T last."


def race_says():
    p = softmax(np.log([0.5, 0.2, 0.15, 0.1, 0.05]), temperature=2)[0]
    reach = 2 * math.sqrt(p * (1 - p) * 100)
    return f"100 draws at T = 2 should bring mat {digits(100 * p)} ± {digits(reach)} times."


def reliability_says():
    given, place = reliability(), dial().index(2)
    loss, ece = given["loss"][place], given["ece"][place]
    so = f"the loss is {digits(loss)}, the ECE {digits(ece)}"
    return f"At T = 2 {so}; the accuracy stays {digits(given['accuracy'])}."


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
        expect(status).to_contain_text("1.41", timeout=5 * PAUSE)
        expect(page).to_have_url(re.compile(r"\?T=1\.41$"))


# --- the numbers are those of the package ------------------------------------------------------

GRID = [
    [0.0, GAP],
    PAIR.tolist(),
    [2.0, 1.0, -3.0],
    [2.0, 2.0, -3.0],
    [1.0, -math.inf, 0.5, 1.0],
    [0.0] * 5,
    [1e4, 1e4 + 0.3, 1e4 - 2.0],
    [-745.0, 0.0, 700.0],
    np.random.default_rng(0).normal(0, 4, 1000).tolist(),
]
TEMPERATURES = [0, 5e-324, 0.01, 0.25, 0.5, 0.7, 1, 2, 3.61, 5, 40, 1e6, 1e308, math.inf]


def in_core(page, code, given=None):
    return page.evaluate(f"(given) => {CORE}.then((core) => {code})", given)


def ulps(found, expected):
    """How many units of the last place the worst entry is away."""
    found, expected = np.asarray(found), np.asarray(expected)
    return np.max(np.abs(found - expected) / np.spacing(np.maximum(found, expected)))


def mulberry32_counts(p, times, seed):
    """Count draws by the generator mulberry32 and the inverse of the running sum."""
    steps, counts, whole = np.cumsum(p), [0] * len(p), 0xFFFFFFFF
    for _ in range(times):
        seed = (seed + 0x6D2B79F5) & whole
        t = (seed ^ (seed >> 15)) * (1 | seed) & whole
        t ^= (t + ((t ^ (t >> 7)) * (61 | t) & whole)) & whole
        u = (t ^ (t >> 14)) / 2**32 * steps[-1]
        counts[int(np.searchsorted(steps, u, side="right"))] += 1
    return counts


class TestNumbers:
    def test_softmax_is_within_4_ulp_of_the_package(self, visit):
        code = "given[0].map((z) => given[1].map((T) => core.softmax(z, T)))"
        found = in_core(visit("hero"), code, [GRID, TEMPERATURES])

        for logits, shares in zip(GRID, found, strict=True):
            assert ulps(shares, softmax(logits, temperature=TEMPERATURES)) <= 4

    def test_a_division_before_the_shift_is_found(self, visit):
        found = in_core(visit("hero"), "core.softmax(given.map((z) => z / 0.7))", GRID[6])

        assert ulps(found, softmax(GRID[6], temperature=0.7)) > 4

    def test_entropy_agrees(self, visit):
        shares = [softmax(z, temperature=t).tolist() for z in GRID for t in (0, 0.5, 1, math.inf)]
        found = in_core(visit("hero"), "given.map(core.entropy)", shares)

        expected = [entropy(share) for share in shares]
        assert np.allclose(found, expected, rtol=1e-15, atol=1e-15)

    def test_digits_are_written_like_those_of_the_figures(self, visit):
        rng = np.random.default_rng(1)
        wild = rng.normal(size=500) * 10.0 ** rng.integers(-12, 12, 500)
        tame = [0, 1, -1, 100, 1000, 0.1 + 0.2, 1 / 3, 0.9999, 999.6, 1e-4, 0.00012, math.inf]
        values = [*wild.tolist(), *tame, *(k / 1000 for k in range(1000)), -math.inf]
        found = in_core(visit("hero"), "given.map(core.digits)", values)

        assert found == [digits(value) for value in values]

    def test_draws_are_those_of_the_generator_in_python(self, visit):
        p = [0.5, 0.2, 0.15, 0.1, 0.05]
        found = in_core(visit("hero"), "[1, 2, 7].map((seed) => core.draws(given, 1000, seed))", p)

        assert found == [mulberry32_counts(p, 1000, seed) for seed in (1, 2, 7)]
        assert np.allclose(found, [500, 200, 150, 100, 50], atol=50)


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
        ],
    )
    def test_own_numbers(self, visit, query, logits, t):
        shown = [row[1] for row in rows(visit("hero", f"?{query}"))]

        assert shown == [digits(p) for p in softmax(logits, temperature=t)]

    def test_typing_changes_the_rows_and_the_address(self, visit):
        page = visit("hero", "?T=2")
        page.get_by_label("kind of numbers").select_option("z")
        page.get_by_label("your numbers", exact=True).fill("3 2 1 0")

        nats = entropy(softmax([3, 2, 1, 0], temperature=2))
        assert f"as open as {digits(np.exp(nats))} equally likely" in message(page)
        assert len(rows(page)) == 4
        assert state(page) == {"T": "2", "as": "z", "x": "3 2 1 0"}

    @pytest.mark.parametrize("text", ["", "7", "1 x", "-1 2", "inf 1", "0 0"])
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

        assert message(page) == f"With seed 1, 100 draws at T = 1 gave {low}, {high}."
        assert [row[2] for row in rows(page)] == [str(low), str(high)]
        assert [row[2] for row in rows(visit("hero", "?seed=1"))] == [str(low), str(high)]

    def test_of_50000_tokens_20_are_shown_and_the_rest_is_told_truly(self, visit):
        page = visit("hero", "?as=zipf&T=2")
        p = softmax(-np.log(np.arange(1, 50_001)), temperature=2)
        top, rest = p[:20].sum(), p[20:].sum()
        shown = [row[:2] for row in rows(page)]

        assert [share for _, share in shown] == [digits(x) for x in (*p[:20], rest)]
        assert shown[20][0] == "the other 49,980"
        expected = f"the 20 largest hold {digits(top)}, all others {digits(rest)}."
        assert message(page) == f"At T = 2 {expected}"

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
        page.get_by_role("button", name=f"both {MINUS} 1").click()
        page.get_by_role("button", name=f"both {TIMES} 2").click()
        doubled = rows(page)[1]
        assert doubled[1:] == ["0.1", "0.9"]
        page.get_by_role("button", name="both ÷ 2").click()
        turn(page, "½")
        assert rows(page)[1] == doubled

    def test_seesaw_each_logit_has_a_slider_of_its_own(self, visit):
        page = visit("seesaw", "?T=1")
        page.get_by_role("slider", name="second logit").press("Home")

        assert rows(page)[0] == ["logit", "0", f"{MINUS}8"]
        assert rows(page)[1][2] == digits(softmax([0, -8])[1])

    def test_curves_the_middle_one_peaks_where_the_package_says(self, visit):
        page = visit("curves")
        page.get_by_role("button", name="rises, then falls").click()
        top = EXPLORERS["curves"].attributes()["peak"]
        most = digits(softmax(TRIPLE, temperature=top)[1])

        assert f"At T = {digits(top)} logit 1 has its most, {most};" in message(page)
        turn(page, "4")
        assert "falls with T" in message(page)

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
        for stop, t in (("½", 0.5), ("1", 1), ("2", 2), ("4", 4)):
            turn(page, stop)
            ends = np.array([softmax(cut(logits / t)), softmax(cut(logits), temperature=t)])
            shown = [["cut" if p == 0 else digits(p) for p in pair] for pair in ends.T]
            assert [row[1:] for row in rows(page)] == shown

    def test_race_counts_are_the_draws_and_a_cut_token_never_comes(self, visit):
        page, p = visit("race", "?T=1"), [0.5, 0.2, 0.15, 0.1, 0.05]
        page.get_by_role("button", name="draw 1000").click()
        counts = mulberry32_counts(p, 1000, 1)
        assert rows(page)[1][1:] == [str(count) for count in counts]
        page.get_by_role("button", name="cut below").click()
        assert rows(page)[1][5] == "0"
        page.get_by_role("button", name="again").click()
        assert "With seed 2" in message(page)

    def test_race_an_absurd_number_of_draws_is_not_made(self, visit):
        page = visit("race", "?n=1e12&cut=9")

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

    def test_reliability_the_answer_leads_to_the_fitted_temperature(self, visit):
        page, given = visit("reliability"), reliability()
        page.get_by_role("button", name="It stays").click()

        fitted, loss = digits(given["fitted"]), digits(given["loss"][-1])
        assert f"At T = {fitted}, as fitted, the loss is {loss}," in message(page)

    def test_gradient_the_pushes_follow_the_label(self, visit):
        page = visit("gradient", "?T=0.5")
        page.get_by_role("button", name="label logit 0").click()
        errors = np.array([0, 0, 1]) - softmax([2, 1, 0], temperature=0.5)

        assert rows(page)[1][1:] == [digits(error) for error in errors]
        assert rows(page)[2][1:] == [digits(error / 0.5) for error in errors]


# --- for every reader --------------------------------------------------------------------------

SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
UNRESERVED = """document.addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".explorer { min-height: 0 !important }");
  document.adoptedStyleSheets = [sheet];
})"""


def shift(chromium, site, path, script="", **options):
    """How much moves when the explorer comes long after the page."""
    with reading(chromium, site, **options) as reader:
        page, held = reader.page, []

        def hold(route):
            held.append(route) if held is not None else route.fallback()

        page.add_init_script(f"({SHIFTS})();{script}")
        page.route(re.compile("/explorers/"), hold)
        page.goto(reader.base + path, wait_until="domcontentloaded")
        page.wait_for_timeout(300)
        page.evaluate("shifts = 0")
        waiting, held = held, None
        for route in waiting:
            route.fallback()
        page.locator(".play").wait_for()
        page.wait_for_timeout(100)
        return page.evaluate("shifts")


class TestEveryReader:
    @names
    @pytest.mark.parametrize(
        "options", [{"color_scheme": "light", **DESK}, {"color_scheme": "dark", **PHONE}]
    )
    def test_axe_finds_nothing_and_every_line_and_label_can_be_seen(self, visit, name, options):
        page = visit(name, "?T=2", **options)

        assert_none(violations(page, ".explorer"))
        assert_none([*pale(page), *misplaced(page)])

    def test_axe_finds_nothing_in_the_question(self, visit):
        for options in ({"color_scheme": "light", **DESK}, {"color_scheme": "dark", **PHONE}):
            assert_none(violations(visit("hero", **options), ".explorer"))

    @names
    def test_every_stop_of_the_keyboard_can_be_seen(self, visit, name):
        assert_none(lost_readers(visit(name, "?T=2", **STILL)))

    @names
    @pytest.mark.parametrize("width", [320, 360])
    def test_fingers_find_every_control_and_nothing_leaves_the_panel(self, visit, name, width):
        page = visit(name, "?T=2", viewport={"width": width, "height": 700}, has_touch=True)
        boxes = page.evaluate("""() => [...document.querySelectorAll(".play *")]
          .filter((node) => node.checkVisibility() && !node.closest("svg, option"))
          .map((node) => {
            const { left, right, width, height } = node.getBoundingClientRect();
            const size = node.matches("button, input, select") ? Math.min(width, height) : 24;
            return { left, right, size, html: node.outerHTML };
          })""")
        panel = page.locator(".play").bounding_box()
        for box in boxes:
            assert box["size"] >= 24, box
            assert panel["x"] <= box["left"] + 1, box
            assert box["right"] - 1 <= panel["x"] + panel["width"], box
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    @names
    @pytest.mark.parametrize("view", [DESK, PHONE])
    def test_nothing_below_moves_when_the_script_comes_late(self, chromium, staged, name, view):
        assert shift(chromium, staged, f"{stage.address(name)}?T=2", **view) <= 0.02

    def test_a_shift_is_found(self, chromium, staged):
        path = f"{stage.address('hero')}?T=2"
        assert shift(chromium, staged, path, UNRESERVED, **PHONE) > 0.02

    @names
    def test_the_figure_is_printed_in_its_place(self, visit, name):
        page = visit(name, **DESK, color_scheme="light")
        page.emulate_media(media="print")

        expect(page.locator(".play")).to_be_hidden()
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()
        expect(page.locator(".explorer figcaption > p")).to_be_visible()
        page.emulate_media(media="screen")

    def test_on_screen_the_figure_comes_back_with_its_code(self, visit):
        page = visit("hero", "?T=2")
        expect(page.locator(".explorer > .fig > svg")).to_be_hidden()
        page.get_by_text("Code and files of this figure").click()
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()

    def test_without_scripts_the_figure_stays(self, readers):
        page = readers(java_script_enabled=False).open(stage.address("hero"))

        expect(page.locator(".explorer > .fig > svg")).to_be_visible()
        assert page.locator(".explorer").bounding_box()["height"] < 520

    @pytest.mark.parametrize("logits", ["", "1", "1 x", "nan 1", "inf 0", "-inf -inf"])
    def test_with_bad_numbers_the_figure_stays(self, readers, logits):
        page = readers(**DESK).open(stage.address("hero"))
        page.evaluate(
            """(logits) => {
              const old = document.querySelector(".explorer"), fresh = old.cloneNode();
              fresh.setAttribute("logits", logits);
              fresh.append(old.querySelector("figure"));
              old.replaceWith(fresh);
            }""",
            logits,
        )

        expect(page.locator(".play")).to_have_count(0)
        expect(page.locator(".explorer > .fig > svg")).to_be_visible()

    @names
    def test_in_forced_colors_bars_and_lines_are_seen(self, visit, name):
        page = visit(name, "?T=2", forced_colors="active")
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        inked = "(bar) => getComputedStyle(bar, '::before').backgroundColor"
        bars = [bar.evaluate(inked) for bar in page.locator(".play-bar").all()]

        assert not {back, "rgba(0, 0, 0, 0)"} & set(bars)
        assert_none(pale(page))

    def test_bars_stand_still_for_readers_who_ask_for_it(self, visit):
        style = "getComputedStyle(document.querySelector('.play-bar'), '::before')"
        page = visit("hero", "?T=2", reduced_motion="reduce")

        assert page.evaluate(f"{style}.transitionProperty") == "none"


# --- on the pages -------------------------------------------------------------------------------


def placed(site):
    """The explorers of the built site, by page."""
    found = {path: sites.parse(site, path).select(".explorer") for path in sites.pages(site)}
    return {path: explorers for path, explorers in found.items() if explorers}


def weight(file):
    return len(gzip.compress(file.read_bytes(), 9))


def of_explorers(files):
    """What belongs to explorers: their modules and their style."""
    return [file for file in files if "explorers" in (file.parent.name, file.stem)]


def too_heavy(files, limit):
    total = sum(map(weight, of_explorers(files)))
    if total > limit:
        yield f"{total} bytes, not {limit}"


class TestOnThePages:
    def test_they_are_placed(self, site):
        assert {"", "learn/softmax/", "learn/temperature/"} <= set(placed(site))

    def test_each_is_alone_on_its_page_and_holds_its_figure(self, site):
        for path, (explorer,) in placed(site).items():
            name = explorer.name.removesuffix("-explorer")
            (figure,) = explorer.find_all(recursive=False)
            assert figure["id"] == f"fig-{EXPLORERS[name].figure}", path
            assert figure.select("svg[role=img] title")[0].get_text()
            assert explorer.find_next_sibling()["src"].endswith(f"assets/explorers/{name}.js")

    def test_modules_are_loaded_only_where_they_live(self, chromium, site):
        lively = placed(site)
        for path in [*lively, "learn/seed/"]:
            with reading(chromium, site) as reader:
                reader.open_whole(path)
                loaded = {file.stem for file in reader.loaded if file.parent.name == "explorers"}
                expected = {one.name.removesuffix("-explorer") for one in lively.get(path, [])}
                assert loaded - {"core", "plot"} == expected, path
                assert ("core" in loaded) == bool(expected)

    def test_each_keeps_the_page_at_rest(self, chromium, site):
        for path in placed(site):
            assert shift(chromium, site, path, **PHONE) <= 0.02, path

    def test_they_live_through_instant_navigation_and_back(self, reader):
        page = reader.open("learn/odds/")
        page.evaluate("window.stays = true")
        page.locator(".md-header a.md-logo").first.click()
        page.locator(".play-ask button").first.click()
        page.wait_for_url(re.compile(r"\?T=0\.5"))
        page.locator("a.md-footer__link--next").click()
        page.wait_for_url(re.compile("/learn/seed/"))
        expect(page.locator(".play")).to_have_count(0)
        page.go_back()
        expect(page.locator(".play-dial b")).to_have_text("T = ½")
        page.get_by_role("slider", name="temperature T").press("End")
        expect(page.locator(".play-dial b")).to_have_text("T = ∞")
        assert page.evaluate("window.stays")
        assert_none(reader.trouble)

    def test_leaving_in_mid_move_does_not_write_into_the_next_address(self, reader):
        page = reader.open("?T=2")
        page.route("**/learn/seed/", lambda route: (page.wait_for_timeout(PAUSE), route.fallback()))
        turn(page, "4")
        page.locator("a.md-footer__link--next").click()
        page.locator("#seed").wait_for()

        assert "?" not in page.url


class TestWeight:
    @names
    def test_on_a_page_it_is_light(self, chromium, staged, name):
        with reading(chromium, staged) as reader:
            reader.open(stage.address(name)).locator(".play").wait_for()

            assert len(of_explorers(reader.loaded)) >= 3
            assert_none(too_heavy(reader.loaded, PAGE))

    def test_all_together_are_light(self, site):
        files = [*site.rglob("explorers/*.js"), site / "assets" / "explorers.css"]

        assert len(files) >= 2 + len(EXPLORERS)
        assert_none(too_heavy(files, ALL))

    def test_a_heavy_one_is_found(self, tmp_path):
        heavy = tmp_path / "explorers" / "core.js"
        heavy.parent.mkdir()
        heavy.write_text(random.Random(1).randbytes(PAGE).hex())

        assert len(list(too_heavy([heavy], PAGE))) == 1
