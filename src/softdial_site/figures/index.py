"""The figure of the start page."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import QUIET, STANDARD, digits, label, look, panel, short

STOPS = [0, 0.25, 0.5, 1, 2, np.inf]
PAIRS = softmax(np.log([0.25, 0.75]), temperature=STOPS)


@figure(
    alt=(
        "The pair {p[3][0]} and {p[3][1]} at T = 1 sharpens to {p[2][0]} and {p[2][1]} "
        "at T = {T[2]} and to 0 and 1 at T = 0; it levels to {p[4][0]} and {p[4][1]} at T = 2 "
        "and to {p[5][0]} each at T = ∞."
    ),
    caption=(
        "**One dial moves 25/75 from certainty to a coin toss.** "
        "To the left of T = 1 the larger part grows, to the right the two draw level. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": PAIRS, "T": STOPS},
)
def dial():
    ax = panel(STANDARD, left=64, right=6, bottom=48, top=24)
    for column, stop in enumerate(STOPS):
        low, high = PAIRS[column]
        color, dashes = look(stop).values()
        ax.bar(column, high, 0.6, color=color)
        outline = {"fill": False, "ec": color, "ls": dashes, "lw": 1.2}
        ax.bar(column, low, 0.6, high, **outline)
        label(ax, digits(low), (column, 1), (0, 11))
        label(ax, digits(high), (column, 0), (0, -13))
        label(ax, short(stop), (column, 0), (0, -35), color)
    names = {"underdog": (1, 11), "coin toss": (0.5, 0)}
    names |= {"favorite": (0, -13), "T =": (0, -35)}
    for name, (height, shift) in names.items():
        label(ax, name, (-0.45, height), (-6, shift), QUIET, "right")
    ax.axhline(0.5, color=QUIET, lw=0.8, zorder=0)
    ax.set(xlim=(-0.45, 5.45), ylim=(0, 1))
    ax.axis("off")
    return ax.figure
