"""The figures of the chapter on softmax."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    QUIET,
    SQUARE,
    STANDARD,
    TIMES,
    arrow,
    curve,
    digits,
    dot,
    label,
    look,
    panel,
    short,
    sweep,
)

SCORES = [0, 1, 2, 3]
CHANCES = softmax(SCORES)
RATIO = CHANCES[1] / CHANCES[0]
LOGITS = [2, 1, -3]
STOPS = [0, 0.5, 1, 2, 5, np.inf]
TRIPLES = softmax(LOGITS, temperature=STOPS)
CORNERS = np.array([[0.5, np.sqrt(0.75)], [0, 0], [1, 0]])


@figure(
    alt=(
        "Logits 0, 1, 2 and 3 become the probabilities {p[0]}, {p[1]}, {p[2]} and {p[3]}: "
        "each step of 1 multiplies by {ratio}."
    ),
    caption=(
        "**Equal gaps become equal ratios.** "
        "Each bar stands at its logit; one step to the right makes it {ratio} times as high, "
        "wherever you start. Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": CHANCES, "ratio": RATIO},
)
def equal_gaps():
    ax = panel(STANDARD, left=40, bottom=42, top=22)
    ax.bar(SCORES, CHANCES, 0.4, color=QUIET)
    for score, p in zip(SCORES, CHANCES, strict=True):
        label(ax, digits(p), (score, p), (0, 9))
        label(ax, str(score), (score, 0), (0, -13))
    for score in SCORES[:-1]:
        p, larger = CHANCES[score : score + 2]
        arrow(ax, (score + 0.22, p), (score + 0.78, larger))
        label(ax, TIMES + digits(RATIO), (score + 0.48, larger), (0, 7))
        arrow(ax, (score + 0.12, -0.07), (score + 0.88, -0.07))
        label(ax, "+1", (score + 0.5, 0), (0, -26))
    label(ax, "probability", (-0.2, CHANCES[-1]), (0, 9), QUIET, "left")
    label(ax, "logit", (-0.4, 0), (0, -13), QUIET, "right")
    ax.set(xlim=(-0.4, 3.4), ylim=(0, CHANCES[-1]))
    ax.set(xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax.figure


@figure(
    alt=(
        "In the triangle of all three-way probabilities, logits {z[0]}, {z[1]} and {z[2]} start "
        "in a corner at T = 0, pass {p[2][0]}, {p[2][1]}, {p[2][2]} at T = 1 "
        "and end in the center at T = ∞."
    ),
    caption=(
        "**Temperature walks from a corner to the center.** "
        "With the triangle 1 high, a point's distance from each side is the probability of the "
        "corner opposite; the line is one set of logits at every T. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": TRIPLES, "T": STOPS, "z": LOGITS},
)
def simplex():
    ax = panel(SQUARE, left=48, right=48, bottom=28, top=14)
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=QUIET, lw=1)
    temperatures = sweep(0.125, 512)
    path = softmax(LOGITS, temperature=temperatures) @ CORNERS
    curve(ax, temperatures, *path.T)
    for stop, place in zip(STOPS, TRIPLES @ CORNERS, strict=True):
        color = look(stop)["color"]
        dot(ax, place, color)
        side, shift = ("right", -10) if stop <= 1 else ("left", 10)
        label(ax, f"T = {short(stop)}", place, (shift, 0), color, side)
    names = [f"logit {digits(z)} is certain" for z in LOGITS]
    label(ax, names[0], CORNERS[0], (10, 0), ha="left")
    label(ax, names[1], CORNERS[1], (0, -14))
    label(ax, names[2], CORNERS[2], (0, -14))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax.figure
