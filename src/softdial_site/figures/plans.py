"""Sketches for the board, for the lesson plans."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import INK, QUIET, arrow, digits, label, look, panel, short

PAIR = np.log([0.25, 0.75])
STOPS = np.array([0.5, 1, 2])
GAPS = np.log(3) / STOPS
SHARES = softmax(PAIR, temperature=STOPS)
ODDS = SHARES[:, 1] / SHARES[:, 0]

TOKENS = ["mat", "pot", "stone", "door", "moon"]
CHANCES = softmax(np.log([0.5, 0.2, 0.15, 0.1, 0.05]))
STEPS = np.cumsum(CHANCES)
U = np.random.default_rng(0).random()


@figure(
    alt=(
        "Board in three rows. T = {T[0]}: gap {gap[0]}, odds {odds[0]} to 1, {p[0][0]} and "
        "{p[0][1]}. T = 1: {gap[1]}, {odds[1]} to 1, {p[1][0]} and {p[1][1]}. T = 2: {gap[2]}, "
        "{odds[2]} to 1, {p[2][0]} and {p[2][1]}."
    ),
    caption=(
        "**The board at the end: divide the gap by T, then read it as odds, then as shares.** "
        "Begin with the row T = 1, and let the class fill in the other two. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"T": STOPS, "gap": GAPS, "odds": ODDS, "p": SHARES},
)
def board():
    ax = panel(1.75, left=0, right=0, bottom=0, top=0)
    ax.set(xlim=(0, 360), ylim=(-126, 0))
    ax.axis("off")
    heads = {"gap divided by T": 94, "odds": 188, "two shares": 281}
    for name, across in heads.items():
        label(ax, name, (across, -14), color=QUIET)
    words = ["2 log 3", "log 3", "½ log 3"]
    for row, stop in enumerate(STOPS):
        low, high = SHARES[row]
        y, color = -42 - 33 * row, look(stop)["color"]
        dashes = look(stop)["linestyle"]
        label(ax, f"T = {short(stop)}", (8, y), color=color, ha="left")
        text = f"{words[row]} = {digits(GAPS[row])}"
        label(ax, text, (94, y))
        label(ax, f"{digits(ODDS[row])} : 1", (188, y))
        ax.barh(y - 9, 124 * high, 8, 224, color=color)
        edge = {"fill": False, "ec": color, "ls": dashes, "lw": 1.2}
        ax.barh(y - 9, 124 * low, 8, 224 + 124 * high, **edge)
        label(ax, digits(high), (224, y + 5), ha="left")
        label(ax, digits(low), (348, y + 5), ha="right")
        ax.hlines(y + 17, 8, 352, QUIET, lw=0.6)
    return ax.figure


@figure(
    alt=(
        "A line from 0 to 1 in five stretches: mat to {s[0]}, pot to {s[1]}, stone to {s[2]}, "
        "door to {s[3]}, moon to 1. The random number {u} falls on pot."
    ),
    caption=(
        "**A draw is a random point on a line of probabilities.** "
        "Each stretch is as long as its token is likely; the token under the point is drawn. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"s": STEPS, "u": U, "p": CHANCES},
)
def line():
    ax = panel(1.2, left=20, right=20, bottom=26, top=32)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    edge = {"fill": False, "ec": INK, "lw": 1.2}
    for name, chance, end in zip(TOKENS, CHANCES, STEPS, strict=True):
        ax.barh(0.5, chance, 1, end - chance, **edge)
        up = 27 if name == "moon" else 0
        label(ax, name, (end - chance / 2, 0.5), (0, up))
    shifts = [0, 0, 0, -2, -5, 6]
    for step, shift in zip([0, *STEPS], shifts, strict=True):
        label(ax, digits(step), (step, 0), (shift, -12), QUIET)
    arrow(ax, (U, 1.9), (U, 1))
    label(ax, f"u = {digits(U)}", (U, 1.9), (-6, 0), ha="right")
    return ax.figure
