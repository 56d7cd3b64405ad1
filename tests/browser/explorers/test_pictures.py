"""What is drawn stands where the numbers put it, measured by the labels of the picture."""

import numpy as np
import pytest
from playing import PAIR, TRIPLE, mulberry32_counts

from softdial import softmax, top_p
from softdial_site.explorers import dial, reliability
from softdial_site.figures.style import digits

PICTURE = """() => {
  const all = (selector) => [...document.querySelectorAll(`.play ${selector}`)];
  const numbers = (text) => text.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
  return {
    labels: all("text").map((text) => [text.textContent, +text.getAttribute("x"),
      +text.getAttribute("y") - 3]),  // they stand 3 below their line
    dots: all("circle").filter((dot) => dot.getAttribute("visibility") !== "hidden")
      .map((dot) => numbers(dot.getAttribute("transform"))),
    bars: all("rect").map((bar) => ["class", "width", "height", "x", "y"]
      .map((name) => bar.getAttribute(name))),
    radii: all("circle").map((dot) => +dot.getAttribute("r")),
    faints: all("path.faint").filter((line) => line.getAttribute("visibility") !== "hidden")
      .map((line) => [line.getAttribute("transform"), numbers(line.getAttribute("d"))]),
    arrows: all(".arrow").map((arrow) => numbers(arrow.getAttribute("d").split("M")[1])),
    told: all(".play-bar").map((bar) => ["--p", "--mark"]
      .map((name) => +bar.style.getPropertyValue(name))),
    shares: all(".play-bar").map((bar) => [["::before", "width"], ["::after", "left"]]
      .map(([part, side]) => parseFloat(getComputedStyle(bar, part)[side]) / bar.clientWidth)),
    curves: all("path:is(.cold, .hot)").map((path) => [path.getAttribute("class"),
      getComputedStyle(path).strokeDasharray, path.getAttribute("d").slice(1).split("L")
        .map((at) => at.split(" ").map(Number))]),
    frames: all("path.quiet").map((path) => numbers(path.getAttribute("d"))),
    inks: all("path.ink").map((path) => [path.getAttribute("transform"),
      path.getAttribute("d").slice(1).split("L").map((at) => at.split(" ").map(Number))]),
    bands: all(".band").map((band) => +band.getAttribute("height")),
    thick: all(".thick").map((line) => numbers(line.getAttribute("transform"))[1]),
  };
}"""


@pytest.fixture
def drawn(visit):
    return lambda name, query="?T=2": visit(name, query).evaluate(PICTURE)


def across(x, labels, low, high):
    """How far a place is from the last label with one text to that with another."""
    ends = {text: place for text, place, _ in labels}
    return (x - ends[low]) / (ends[high] - ends[low])


def up(y, labels, low="0", high="1"):
    return across(y, [(text, place, 0) for text, _, place in labels], low, high)


class TestColor:
    @pytest.mark.parametrize(("t", "color"), [("0.5", "cold"), ("1", "quiet"), ("2", "hot")])
    def test_it_means_temperature(self, visit, t, color):
        found = visit("hero", f"?T={t}").evaluate("""() => ["--heat", "--fig-cold", "--fig-hot",
          "--fig-quiet"].map((name) => getComputedStyle(document.querySelector(".play"))
          .getPropertyValue(name))""")
        heat, *known = found
        assert heat == dict(zip(["cold", "hot", "quiet"], known, strict=True))[color]


class TestPictures:
    def test_hero_bars_are_as_long_as_their_shares_and_marked_at_1(self, drawn):
        expected = np.transpose([softmax(PAIR, temperature=2), softmax(PAIR)])
        picture = drawn("hero")
        assert np.allclose(picture["told"], expected)
        # rendered, in pixels: a rule of the style sheet that ignored the numbers would be seen
        assert np.allclose(picture["shares"], expected, atol=0.02)

    def test_seesaw_the_dot_is_over_the_gap_and_beside_the_probability(self, drawn):
        picture = drawn("seesaw", "?T=2&a=1&b=4")
        ((x, y),), labels = picture["dots"], picture["labels"]
        assert np.isclose(across(x, labels, "2", "4"), (3 / 2 - 2) / 2)
        assert np.isclose(up(y, labels), softmax([1, 4], temperature=2)[1])
        assert [24, 140, 336, 140] in picture["frames"]
        assert [None, [x, 140, y, 24]] in picture["faints"]  # from axis to axis by way of the dot

    def test_seesaw_the_dot_stays_in_the_picture(self, drawn):
        assert drawn("seesaw", "?T=0.5&a=-8&b=8")["dots"][0][0] == 336

    def test_seesaw_the_curve_is_the_probability_of_the_gap(self, drawn):
        picture = drawn("seesaw")
        ((_, points),), labels = picture["inks"], picture["labels"]
        gaps = [-2 + 4 * across(x, labels, "−2", "2") for x, _ in points]
        heights = [up(y, labels) for _, y in points]
        assert np.allclose(heights, [softmax([0, gap])[1] for gap in gaps], atol=1e-3)

    def test_curves_the_dots_are_beside_their_probabilities(self, drawn):
        picture = drawn("curves")
        heights = [up(y, picture["labels"]) for _, y in picture["dots"][:3]]
        assert np.allclose(heights, softmax(TRIPLE, temperature=2))
        below = picture["labels"][::-1]  # whose last 0 and 1 are those of the lower strip
        assert np.isclose(up(picture["dots"][3][1], below), softmax(TRIPLE, temperature=2) @ TRIPLE)
        falling = sorted(picture["labels"], key=lambda label: label[2])
        names = [text for text, *_ in falling if text.startswith("logit")]
        assert names == ["logit 2", "logit 1", "logit −3"]

    def test_curves_the_lines_are_the_probabilities_and_hot_ones_are_dashed(self, drawn):
        picture = drawn("curves")
        expected = softmax(TRIPLE, temperature=dial()).T
        for i, wanted in enumerate(expected):
            (cold, solid, left), (hot, dashed, right) = picture["curves"][2 * i : 2 * i + 2]
            assert (cold, hot, solid) == ("cold", "hot", "none")
            assert dashed != "none"
            heights = [up(y, picture["labels"]) for _, y in [*left, *right[1:]]]
            assert np.allclose(heights, wanted, atol=1e-3)

    @pytest.mark.parametrize("name", ["curves", "simplex"])
    def test_dots_lie_on_their_curves(self, drawn, name):
        picture, place = drawn(name), dial().index(2)
        hot = [points for look, _, points in picture["curves"] if look == "hot"]
        assert np.allclose(picture["dots"], [line[place - 30] for line in hot], atol=0.01)

    def test_race_bands_reach_two_standard_errors_and_lines_stand_at_the_probability(self, drawn):
        picture, p = drawn("race", "?n=1000&T=1"), np.array([0.5, 0.2, 0.15, 0.1, 0.05])
        assert np.allclose(np.divide(picture["bands"], 150), 4 * np.sqrt(p * (1 - p) / 1000))
        assert np.allclose((160 - np.array(picture["thick"])) / 150, p)
        bands = [float(y) for look, *_, y in picture["bars"] if look == "band"]
        assert np.allclose(np.add(bands, np.divide(picture["bands"], 2)), picture["thick"])

    def test_simplex_the_dot_is_between_its_corners(self, drawn):
        picture = drawn("simplex")
        ((x, y),), p = picture["dots"], softmax(TRIPLE, temperature=2)
        corners = np.reshape(picture["frames"][0][:6], (3, 2))
        assert np.allclose([x, y], p @ corners)
        assert [text for text, *_ in picture["labels"]][:3] == [
            f"logit {digits(z)} is certain" for z in TRIPLE
        ]
        top, left, right = np.array([place for _, *place in picture["labels"][:3]])
        assert left[0] < top[0] < right[0]
        assert top[1] < left[1] == right[1]

    def test_order_what_is_cut_is_hollow_under_the_name_of_its_order(self, drawn):
        picture = drawn("order", "?T=0.5")
        looks = [look for look, *_ in picture["bars"]]
        first, last, *keeps = (text for text, *_ in picture["labels"])
        assert [first[:7], last[:6]] == ["T first", "T last"]
        assert keeps == ["keeps 1 of 3", "keeps 2 of 3"]
        assert looks[:3] == ["kept", "cut", "cut"]
        assert looks[6:9] == ["even", "even", "band"]  # before T: gray, as T = 1 is

    def test_order_bars_are_as_long_as_their_shares_and_the_marks_stand_at_p(self, drawn):
        picture = drawn("order", "?T=2")
        widths = [(float(width) + 2) / 328 for _, width, *_ in picture["bars"]]
        starts = [(float(x) - 16) / 328 for *_, x, _ in picture["bars"]]
        logits = np.array([3, 2, 1])
        first = softmax(top_p(logits / 2, 0.8))
        last = softmax(top_p(logits, 0.8), temperature=2)
        shares = np.array([softmax(logits, temperature=2), first, softmax(logits), last])
        assert np.allclose(np.reshape(starts, (4, 3)), np.cumsum(shares, axis=1) - shares)
        seen = shares > 0
        assert np.allclose(np.reshape(widths, (4, 3))[seen], shares[seen])
        assert [mark for mark, _ in picture["inks"]] == [f"translate({16 + 328 * 0.8})"] * 2

    def test_race_bars_are_as_high_as_their_counts(self, drawn):
        bars = drawn("race", "?n=1000")["bars"]
        bars = [tuple(map(float, bar[2:])) for bar in bars if bar[0] == "kept"]
        heights = [height for height, *_ in bars]
        assert [height + y for height, _, y in bars] == [160] * 5  # the line they stand on
        counts = mulberry32_counts([0.5, 0.2, 0.15, 0.1, 0.05], 1000, 1)
        assert np.allclose(np.divide(heights, heights[0]), np.divide(counts, counts[0]))

    def test_reliability_each_bin_is_over_its_confidence_and_beside_its_accuracy(self, drawn):
        picture, given, start = drawn("reliability"), reliability(), 10 * dial().index(2)
        bins = [given[name][start : start + 10] for name in ("confidence", "hits")]
        labels = picture["labels"]
        places = [
            (across(x, labels[:4], "½", "1"), up(y, labels[4:8], "½", "1"))
            for x, y in picture["dots"]
        ]
        expected = [2 * np.array(pair) - 1 for pair in zip(*bins, strict=True)]
        full = [np.isfinite(pair).all() for pair in expected]
        assert np.allclose(places, np.array(expected)[full])
        gaps = [line for _, line in picture["faints"]]  # from the diagonal to the dot
        assert np.allclose([[x, end] for x, _, end in gaps], picture["dots"])
        assert np.allclose(
            [up(y, labels[4:8], "½", "1") for _, y, _ in gaps], np.array(places)[:, 0]
        )
        areas = (np.array(picture["radii"])[full] - 2) ** 2
        counts = given["count"][start : start + 10][full]
        assert np.allclose(areas / areas.max(), counts / counts.max())

    def test_gradient_arrows_are_as_long_as_the_pushes_and_point_their_way(self, drawn):
        pushes = (np.array([0, 1, 0]) - softmax([2, 1, 0], temperature=2)) / 2
        picture = drawn("gradient")
        lengths = [start - end for _, start, end in picture["arrows"]]
        assert np.allclose(np.divide(lengths, lengths[1]), pushes / pushes[1])
        assert lengths[1] > 0

    def test_gradient_the_others_hang_from_the_tip_of_the_label_and_end_on_its_line(self, drawn):
        picture = drawn("gradient")
        (_, begin, first), (_, line, tip), (_, then, end) = picture["arrows"]
        assert np.allclose([begin, then, end], [tip, first, line])
        assert (f"translate(0 {tip})", [77, 0, 347, 0]) in map(tuple, picture["faints"])

    def test_gradient_without_bound_two_arrows_are_as_long_as_can_be(self, drawn):
        arrows = drawn("gradient", "?T=0&label=1")["arrows"]
        assert [start - end for _, start, end in arrows] == [-124, 124, 0]
