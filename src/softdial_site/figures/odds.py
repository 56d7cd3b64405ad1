"""The figures of the chapter on odds."""

import numpy as np

from softdial import logit, sigmoid
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    INK,
    QUIET,
    SQUARE,
    STANDARD,
    TIMES,
    arrow,
    digits,
    label,
    panel,
)

STEP = np.log(3)
PLACES = STEP * np.arange(-2, 3)
CHANCES = sigmoid(PLACES)
LOGS = np.log(CHANCES)


@figure(
    alt=(
        "Probabilities {p[0]}, {p[1]}, {p[2]}, {p[3]} and {p[4]} are odds of 1:9, 1:3, 1:1, 3:1 "
        "and 9:1. Their log-odds run from {x[0]} to {x[4]} in equal steps of {step}."
    ),
    caption=(
        "**The same belief on four rulers: equal steps in log-odds are equal factors in odds.** "
        "Read one belief downward; one number to the right multiplies its odds by 3. "
        "Its probability and log-probability grow by unequal steps. "
        "Computed by [`sigmoid`](softdial.sigmoid)."
    ),
    values={
        "p": CHANCES,
        "x": PLACES,
        "step": STEP,
        "log p": LOGS,
        "steps of p": np.diff(CHANCES[2:]),
        "steps of log p": np.diff(LOGS[2:]),
    },
)
def four_scales():
    ax = panel(SQUARE, left=20, right=20, bottom=10, top=10)
    ax.set(xlim=(-2.8, 2.8), ylim=(3.5, -0.45))
    ax.axis("off")
    odds = ["1:9", "1:3", "1:1", "3:1", "9:1"]
    whole = np.log(np.arange(1, 17))
    tenths = np.arange(-28, 0) / 10
    ruler(ax, 0, "probability", CHANCES, logit(np.arange(3, 38) / 40))
    ruler(ax, 1, "odds", odds, np.append(-whole, whole))
    ruler(ax, 2, "log-odds", PLACES, np.arange(-13, 14) / 5)
    ruler(ax, 3, "log-probability", LOGS, logit(np.exp(tenths)))
    for row in (1, 2, 3):
        ax.vlines(PLACES[[1, 4]], row - 0.62, row, QUIET, lw=0.8)
        ax.vlines(PLACES[3], row - 0.62, row, INK, lw=1.6)
    return ax.figure


def ruler(ax, row, name, values, fine):
    ax.plot(ax.get_xlim(), (row, row), color=QUIET, lw=1)
    label(ax, name, (-2.8, row), (0, 13), QUIET, "left")
    ax.vlines(fine, row, row + 0.05, QUIET, lw=0.7)
    ax.vlines(PLACES, row, row + 0.11, INK, lw=1.6)
    for place, value in zip(PLACES, values, strict=True):
        text = value if name == "odds" else digits(value)
        label(ax, text, (place, row), (0, -16))
    for here in (2, 3):
        up = f"{TIMES}3"
        if name != "odds":
            up = f"+{digits(values[here + 1] - values[here])}"
        step(ax, row, PLACES[here], up)


def step(ax, row, place, text):
    height = row - 0.02
    arrow(ax, (place, height), (place + STEP, height), bend=-0.3)
    label(ax, text, (place + STEP / 2, row), (0, 17))


@figure(
    alt=(
        "The sigmoid is an S: log-odds {x[0]}, {x[1]}, {x[2]}, {x[3]} and {x[4]} in equal steps "
        "give {p[0]}, {p[1]}, {p[2]}, {p[3]} and {p[4]}."
    ),
    caption=(
        "**Equal steps in log-odds are smaller steps of probability near both ends.** "
        "Go up from the log-odds to the curve, then left to the probability. "
        "Computed by [`sigmoid`](softdial.sigmoid)."
    ),
    values={"p": CHANCES, "x": PLACES},
)
def equal_steps():
    ax = panel(STANDARD, left=42, right=10, bottom=28, top=14)
    x = np.linspace(-4, 4, 81)
    ax.plot(x, sigmoid(x), color=INK, lw=2)
    ax.vlines(PLACES, 0, CHANCES, QUIET, lw=0.8)
    ax.hlines(CHANCES, -4, PLACES, QUIET, lw=0.8)
    ax.plot(PLACES, CHANCES, "o", ms=6.5, color=INK)
    ax.set(xlim=(-4, 4), ylim=(0, 1))
    ax.set_xticks(PLACES, [digits(place) for place in PLACES])
    ax.set_yticks(CHANCES, [digits(p) for p in CHANCES])
    label(ax, "probability", (-4, 1), (6, 2), QUIET, "left")
    label(ax, "log-odds", (4, 0), (0, -11), QUIET, "right")
    return ax.figure
