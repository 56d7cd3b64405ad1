"""The figures of the chapter on logits."""

import numpy as np

from softdial import log_softmax, logit, sigmoid, softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    INK,
    QUIET,
    SQUARE,
    STANDARD,
    arrow,
    digits,
    dot,
    label,
    panel,
)

SHIFTS = [-6, 0, 6]
ROWS = [[-1 + c, 1 + c, 2 + c] for c in SHIFTS]
CHANCES = softmax(ROWS)

GAP = logit(0.75)
GAPS = [-GAP, 0, GAP]
SECOND = sigmoid(GAPS)
LOGS = log_softmax([0, GAP])
PAIRS = np.array([LOGS, [-GAP, 0], [0, GAP]])


@figure(
    alt=(
        "Logits {z[1][0]}, {z[1][1]} and {z[1][2]}, the same less 6 ({z[0][0]}, {z[0][1]}, "
        "{z[0][2]}) and plus 6 ({z[2][0]}, {z[2][1]}, {z[2][2]}) all give the probabilities "
        "{p[1][0]}, {p[1][1]} and {p[1][2]}."
    ),
    caption=(
        "**Slide all logits by the same amount, and no bar changes its height.** "
        "Each bar stands at its logit and is as high as its probability; "
        "the outer groups are the middle one, moved by {shift[0]} and by {shift[2]}. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"z": ROWS, "p": CHANCES, "shift": SHIFTS},
)
def shift():
    ax = panel(STANDARD, left=50, right=8, bottom=26, top=10)
    ax.vlines(0, 0, 0.76, QUIET, lw=0.8)
    label(ax, "0", (0, 0), (0, -12), QUIET)
    for c, row, chances in zip(SHIFTS, ROWS, CHANCES, strict=True):
        color = INK if c == 0 else QUIET
        ax.bar(row, chances, 0.7, color=color)
        for score in row:
            label(ax, digits(score), (score, 0), (0, -12), color)
    ax.axhline(0, color=QUIET, lw=0.8, clip_on=False)
    for p in CHANCES[1]:
        ax.axhline(p, color=QUIET, lw=0.8, zorder=0)
        label(ax, digits(p), (-7.7, p), (-5, 0), ha="right")
    top = ROWS[1][2]
    for c, sign in (SHIFTS[0], ""), (SHIFTS[2], "+"):
        arrow(ax, (top + c / 12, 0.83), (top + c, 0.83))
        text = f"all {sign}{digits(c)}"
        label(ax, text, (top + c / 2, 0.83), (0, 10))
    label(ax, "probability", (-7.7, 0.83), (-44, 0), QUIET, "left")
    ax.set(xlim=(-7.7, 8.7), ylim=(0, 0.92))
    ax.axis("off")
    return ax.figure


@figure(
    alt=(
        "In the plane of two scores, pairs whose second leads by {gaps[2]} form a diagonal with "
        "p = {p[2]}: {z[1][0]}, {z[1][1]}; {z[2][0]}, {z[2][1]}; and, where a curve crosses it, "
        "the log-probabilities {z[0][0]}, {z[0][1]}."
    ),
    caption=(
        "**Each diagonal is one pair of probabilities; its log-probabilities lie where the dashed "
        "curve crosses it.** A point is a pair of scores; shifting both moves it along its "
        "diagonal, which is labeled with the second probability. "
        "Computed by [`log_softmax`](softdial.log_softmax)."
    ),
    values={"p": SECOND, "gaps": GAPS, "z": PAIRS},
)
def plane():
    ax = panel(SQUARE, left=62, right=62, bottom=14, top=24)
    ax.axhline(0, color=QUIET, lw=0.8)
    ax.axvline(0, color=QUIET, lw=0.8)
    for gap, p in zip(GAPS, SECOND, strict=True):
        ends = np.array([-1.65 - gap / 2, min(2, 2 - gap)])
        width = 2 if gap == GAP else 1
        ax.plot(ends, ends + gap, color=INK, lw=width)
        text = f"p = {digits(p)}"
        label(ax, text, (ends[1], ends[1] + gap), (4 - 6 * gap, 10))
    first = np.log(np.arange(3, 49) / 50)
    second = np.log1p(-np.exp(first))
    ax.plot(first, second, "--", color=INK, lw=1)
    label(ax, "log-probabilities:", (0, -2.4), (6, 7), ha="left")
    label(ax, "exp sums to 1", (0, -2.4), (6, -7), ha="left")
    places = ((-22, -14), (-9, 9), (-9, 9))
    for pair, place in zip(PAIRS, places, strict=True):
        dot(ax, pair, INK)
        text = " and ".join(digits(z) for z in pair)
        label(ax, text, pair, place, ha="right")
    label(ax, "first score", (2, 0), (12, -10), QUIET, "right")
    label(ax, "second score", (0, 2), (-6, -2), QUIET, "right")
    ax.set(xlim=(-2.8, 2), ylim=(-2.8, 2))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax.figure
