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
    short,
    sweep,
    temperature_axis,
    upright,
)

PAIR = np.log([0.25, 0.75])
LOGITS = [2, 1, -3]
STOPS = [0.5, 1, 2, 5]
LEVELS = np.log([1, 2, 3])


def odds_at(temperatures):
    low, high = softmax(PAIR, temperature=temperatures).T
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
        "Odds of 3 to 1 at T = 1 are {odds[0]} to 1 at T = {T[0]}, {odds[2]} to 1 at T = 2 "
        "and {odds[3]} to 1 at T = 5, sinking toward 1 to 1."
    ),
    caption=(
        "**Temperature raises odds to the power 1/T.** "
        "Start at T = 1: to the left, 3 to 1 is squared at T = ½; "
        "to the right, it sinks toward 1 to 1. Computed by [`softmax`](softdial.softmax)."
    ),
    values={"odds": odds_at(STOPS), "T": STOPS},
)
def odds_power():
    ax = panel(STANDARD, left=42, right=20)
    ax.set(yscale="log", ylim=(1, odds_at(0.4)))
    temperature_axis(ax, 0.4, 8)
    ax.set_yticks([1, 3, 9], ["1:1", "3:1", "9:1"])
    ax.minorticks_off()
    temperatures = sweep(0.4, 8)
    curve(ax, temperatures, temperatures, odds_at(temperatures))
    for stop, odds in zip(STOPS, odds_at(STOPS), strict=True):
        color = look(stop)["color"]
        dot(ax, (stop, odds), color)
        text = f"T = {short(stop)}\n{digits(odds)} to 1"
        label(ax, text, (stop, odds), (7, 18), color, "left")
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
