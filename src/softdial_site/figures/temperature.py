"""The figures of the chapter on temperature."""

import numpy as np

import softdial
from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    QUIET,
    STANDARD,
    curve,
    digits,
    dot,
    label,
    look,
    panel,
    sweep,
    temperature_axis,
    upright,
)

PAIRS = [3, 3 / 2, 1, 2 / 3, 1 / 3]
ODDS_STOPS = [0.5, 1, 2, np.inf]
LOGITS = [2, 1, -3]
STOPS = [0.5, 1, 2, 5]
LEVELS = np.log([1, 2, 3])


def odds_at(temperatures, pair=3):
    logits = np.log([pair, 1])
    high, low = softmax(logits, temperature=temperatures).T
    return high / low


def entropy_at(temperatures):
    return softdial.entropy(softmax(LOGITS, temperature=temperatures))


def middle_peak():
    temperatures = np.geomspace(1, 16, 20_001)
    middle = softmax(LOGITS, temperature=temperatures)[:, 1]
    top = middle.argmax()
    return temperatures[top], middle[top]


@figure(
    alt=(
        "Odds against 1/T: pairs that stand at 3:1, 3:2, 1:1, 2:3 and 1:3 at T = 1 run along "
        "straight lines that meet in 1:1 at T = ∞. 3 to 1 is {odds[0]} to 1 at T = ½ and "
        "{odds[2]} to 1 at T = 2."
    ),
    caption=(
        "**Temperature raises odds to the power 1/T, so here every pair runs straight.** "
        "Height is the logarithm of the odds, and 1/T grows to the left. "
        "Follow 3 to 1: at T = ½ it is twice as far from 1 to 1, at T = 2 half as far, "
        "and at T = ∞ every pair is even. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"odds": odds_at(ODDS_STOPS)},
)
def odds_power():
    ax = panel(3.0, left=38, right=46, top=24)
    ax.set(xlim=(-2.5, 0), yscale="log", ylim=(1 / 18, 18))
    stops = "T = ½", "1", "2", "4", "∞"
    ax.set_xticks([-2, -1, -0.5, -0.25, 0], stops)
    names = "1:9", "1:3", "1:1", "3:1", "9:1"
    ax.set_yticks([1 / 9, 1 / 3, 1, 3, 9], names)
    ax.tick_params(axis="x", pad=10)
    ax.minorticks_off()
    ax.axvline(-1, lw=1, **look(1))
    ends = np.array([0.4, 1, np.inf])
    for pair in PAIRS:
        width = 2.6 if pair == 3 else 1.2
        curve(ax, ends, -1 / ends, odds_at(ends, pair), width)
    for stop in ODDS_STOPS:
        color = look(stop)["color"]
        odds = odds_at([stop])[0]
        dot(ax, (-1 / stop, odds), color)
        text = f"{digits(odds)} to 1"
        label(ax, text, (-1 / stop, odds), (8, 8), color, "left")
    label(ax, "3 to 2", (-1, 3 / 2), (-8, 12), QUIET, "right")
    label(ax, "2 to 3", (-1, 2 / 3), (-8, -12), QUIET, "right")
    label(ax, "odds", (-2.5, 18), (-4, 12), QUIET, "left")
    return ax.figure


@figure(
    alt=(
        "Three classes with logits {z[0]}, {z[1]} and {z[2]} against T: the top one only falls, "
        "the bottom one only rises, the middle one peaks at {peak[1]} near T = {peak[0]}, where "
        "the average logit falls past {z[1]}."
    ),
    caption=(
        "**The middle class rises, then falls.** "
        "Each upper curve is the probability of one class; as T grows, all three tend to ⅓. "
        "The lower curve is the average logit: as it passes {z[1]}, the class with logit {z[1]} "
        "turns. Computed by [`softmax`](softdial.softmax)."
    ),
    values={"peak": list(middle_peak()), "z": LOGITS},
)
def curves():
    ax = panel(3.3, left=28, right=14, bottom=94)
    below = panel(3.3, left=28, right=14, top=162, fig=ax.figure)
    for part in (ax, below):
        temperature_axis(part, 0.25, 32)
    ax.set(xticks=[], ylim=(0, 1))
    ax.set_yticks([0, 1 / 3, 1], ["0", "⅓", "1"])
    below.set_ylim(0, 2)
    below.set_yticks([0, 1, 2], ["0", "1", "2"])
    ax.axhline(1 / 3, color=QUIET, lw=0.8)
    below.axhline(1, color=QUIET, lw=0.8)
    temperatures = sweep(0.25, 32)
    rows = softmax(LOGITS, temperature=temperatures)
    for share, width in zip(rows.T, (1.4, 2.6, 1.4), strict=True):
        curve(ax, temperatures, temperatures, share, width)
    curve(below, temperatures, temperatures, rows @ LOGITS)
    peak, height = middle_peak()
    color = look(peak)["color"]
    upright(ax, (peak, height), below, (peak, 1), color)
    dot(ax, (peak, height), color)
    dot(below, (peak, 1), color)
    label(ax, "probability", (0.25, 0.62), (8, 0), QUIET, "left")
    label(below, "average logit", (0.25, 1), (8, -10), QUIET, "left")
    text = f"peak {digits(height)}\nat T = {digits(peak)}"
    label(ax, text, (peak, height), (-60, -24), color, "left")
    top, middle, bottom = (f"logit {digits(z)}" for z in LOGITS)
    label(ax, top, (0.5, 0.88), (6, 10), ha="left")
    label(ax, middle, (0.5, 0.12), (-6, 14), ha="right")
    label(ax, bottom, (4, 0.14), (8, -12), ha="left")
    return ax.figure


@figure(
    alt=(
        "Entropy of the logits {z[0]}, {z[1]} and {z[2]} rises with T from 0 to log 3 = {H[2]} "
        "nats: {n[0]} effective choices at T = {T[0]}, {n[1]} at T = 1, {n[3]} at T = 5, "
        "3 at T = ∞."
    ),
    caption=(
        "**Entropy only rises.** "
        "Read nats on the left; the number at a dot says how many equally likely choices "
        "would have that entropy. Computed by [`entropy`](softdial.entropy)."
    ),
    values={"H": LEVELS, "n": np.exp(entropy_at(STOPS)), "T": STOPS, "z": LOGITS},
)
def entropy():
    ax = panel(STANDARD, left=44, right=64)
    ax.set_ylim(0, 1.18)
    temperature_axis(ax, 0.25, 32)
    ax.set_yticks(LEVELS, [digits(level) for level in LEVELS])
    names = "1 choice", "2 choices", "3 choices"
    for level, name in zip(LEVELS, names, strict=True):
        ax.axhline(level, color=QUIET, lw=0.8)
        label(ax, name, (32, level), (6, 0), QUIET, "left")
    temperatures = sweep(0.25, 32)
    curve(ax, temperatures, temperatures, entropy_at(temperatures))
    for stop, nats in zip(STOPS, entropy_at(STOPS), strict=True):
        color = look(stop)["color"]
        dot(ax, (stop, nats), color)
        choices = digits(np.exp(nats))
        label(ax, choices, (stop, nats), (8, -8), color, "left")
    label(ax, "entropy", (0.25, 0.9), (8, 0), QUIET, "left")
    return ax.figure
