"""The figure of the seed's page."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import STANDARD, digits, label, look, panel

STOPS = [0.5, 1, 5]
PAIRS = softmax(np.log([0.25, 0.75]), temperature=STOPS)


@figure(
    alt=(
        "Three pairs of bars. T = {T[0]}: {p[0][0]} and {p[0][1]}. "
        "T = 1: {p[1][0]} and {p[1][1]}. T = 5: {p[2][0]} and {p[2][1]}."
    ),
    caption=(
        "**Cold pulls the two apart, heat brings them together.** "
        "Each pair of bars comes from the same two logits at another temperature and sums to 1. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": PAIRS, "T": STOPS},
)
def three_temperatures():
    ax = panel(STANDARD, top=20)
    for group, stop in enumerate(STOPS):
        low, high = PAIRS[group]
        left, right = group - 0.21, group + 0.21
        color, dashes = look(stop).values()
        ax.bar(left, low, 0.36, fill=False, ec=color, ls=dashes, lw=1.5)
        ax.bar(right, high, 0.36, color=color)
        label(ax, digits(low), (left, low), (0, 9))
        label(ax, digits(high), (right, high), (0, 9))
        label(ax, f"T = {digits(stop)}", (group, 0), (0, -15), color)
    ax.set(xlim=(-0.6, 2.6), ylim=(0, 1), xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax.figure
