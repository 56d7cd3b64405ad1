"""The figures of the chapter on physics."""

import numpy as np

from softdial import entropy, logsumexp, softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    COLD,
    HOT,
    INK,
    QUIET,
    SQUARE,
    STANDARD,
    curve,
    digits,
    dot,
    label,
    look,
    panel,
    upright,
)

PAIR = [0, -1]
ONE_AND_THREE = np.array([0, -1, -1, -1])
TOUCH = 0.5
WARMING = np.linspace(0.02, 2, 100)
HILLS = np.array([5, 4, 3, 2, 3, 4, 2, 0, 2])
FINAL = 0.1


def upper_at(temperatures):
    return softmax(PAIR, temperature=temperatures)[..., 1]


def capacity_at(temperatures):
    upper = upper_at(temperatures)
    return upper * (1 - upper) / np.square(temperatures)


def capacity_peak():
    temperatures = np.linspace(0.4, 0.44, 40_001)
    capacity = capacity_at(temperatures)
    top = capacity.argmax()
    return temperatures[top], capacity[top]


def free_at(temperatures):
    logits = ONE_AND_THREE / np.reshape(temperatures, (-1, 1))
    return -temperatures * logsumexp(logits)


def line_of(temperature):
    """U and H of one p: where its line starts, how fast it falls."""
    p = softmax(ONE_AND_THREE, temperature=temperature)
    return p @ -ONE_AND_THREE, entropy(p)


def even_axis(ax):
    """T from 0 to 2 in even steps: where slopes are read, not odds."""
    names = ["T = 0", "½", "1", "1½", "2"]
    ax.set_xticks([0, 0.5, 1, 1.5, 2], names)
    ax.tick_params(axis="x", pad=10)


def cooled(temperatures):
    """The even shares of T = ∞ after one Metropolis step at each T."""
    shares, climb = softmax(-HILLS, temperature=np.inf), np.diff(HILLS)
    for temperature in temperatures:
        right = np.exp(-np.maximum(climb, 0) / temperature) / 2
        left = np.exp(-np.maximum(-climb, 0) / temperature) / 2
        moves = np.diag(right, 1) + np.diag(left, -1)
        shares = shares @ (moves + np.diag(1 - moves.sum(axis=1)))
    return shares


PEAK = capacity_peak()
U, H = line_of(TOUCH)
STEPS = [100, 1000, 10_000]
NAMES = ["start", "quench", *(f"{n:,} steps" for n in STEPS)]
SLOW = [cooled(np.geomspace(4, FINAL, n)) for n in STEPS]
SHARES = [cooled([]), cooled([FINAL] * 1000), *SLOW]
DEEP = [shares[6:].sum() for shares in SHARES]


@figure(
    alt=(
        "Two states with the energies 0 and 1. Mean energy rises from 0 toward ½, steepest at "
        "T = {peak[0]}; there the heat capacity, its slope, peaks at {peak[1]}, and it falls "
        "toward 0 on both sides."
    ),
    caption=(
        "**A gap makes a bump in the heat capacity.** "
        "The upper curve is the mean energy of two states with the energies 0 and 1, which is also "
        "the share of the upper one; the lower curve is its slope, largest where the upper state "
        "begins to fill. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"peak": list(PEAK)},
)
def two_levels():
    ax = panel(STANDARD, left=30, right=16, bottom=112)
    below = panel(STANDARD, left=30, right=16, top=91, fig=ax.figure)
    upper, capacity = upper_at(WARMING), capacity_at(WARMING)
    top, height = PEAK
    share = upper_at(top)
    for part in (ax, below):
        part.set(xlim=(0, 2), ylim=(0, 0.5), xticks=[])
        part.set_yticks([0, 0.5], ["0", "½"])
        part.axvline(1, lw=1, **look(1))
    even_axis(below)
    curve(ax, WARMING, WARMING, upper)
    curve(below, WARMING, WARMING, capacity)
    ends = np.array([top - share / height, top + 0.5])
    ax.plot(ends, share + height * (ends - top), color=INK, lw=1)
    upright(ax, (top, share), below, PEAK, COLD)
    dot(ax, (top, share), COLD)
    dot(below, PEAK, COLD)
    label(ax, "steepest", (top, share), (-8, 12), COLD, "right")
    text = f"peak {digits(height)}\nat T = {digits(top)}"
    label(below, text, PEAK, (12, 10), COLD, "left")
    label(ax, "mean energy U", (1.2, 0.3), (0, -14), ha="left")
    text = "heat capacity C,\nthe slope of U"
    label(below, text, (1.2, 0.24), (0, 8), ha="left")
    return ax.figure


@figure(
    alt=(
        "Free energy F of one state of energy 0 and three of energy 1 bends down, below the level "
        "0 and the line 1 − T log 3. At T = {T} it touches a line from U = {U} with slope −{H}."
    ),
    caption=(
        "**Free energy is the lowest of straight lines.** "
        "Every distribution, held fixed, has a line U − T·H; three are drawn. "
        "The gray ones are of the one state alone and of an even choice among the three. "
        "The third is of the Boltzmann distribution at T = {T}: it starts at U = {U} "
        "and falls by H = {H} for each unit of T. "
        "F touches it at that T and lies below it at every other. "
        "Computed by [`logsumexp`](softdial.logsumexp)."
    ),
    values={"T": TOUCH, "U": U, "H": H},
)
def free_energy():
    ax = panel(3.2, left=42, right=86)
    ax.set(xlim=(0, 2), ylim=(-2.2, 1.1))
    even_axis(ax)
    ticks = [-2, -1, 0, U, 1]
    ax.set_yticks(ticks, [digits(tick) for tick in ticks])
    ax.axvline(1, lw=1, **look(1))
    names = "one state", "three states", f"slope {digits(-H)}"
    lines = zip(names, (0, 1, U), (0, np.log(3), H), strict=True)
    for name, start, fall in lines:
        color = INK if start == U else QUIET
        end = start - 2 * fall
        ax.plot([0, 2], [start, end], color=color, lw=1)
        label(ax, name, (2, end), (6, 0), color, "left")
    free = free_at(WARMING)
    curve(ax, WARMING, WARMING, free, 2.4)
    label(ax, "free energy F", (2, free[-1]), (6, 0), HOT, "left")
    dot(ax, (0, U), INK)
    label(ax, "U", (0, U), (8, 10), ha="left")
    dot(ax, (TOUCH, free_at(TOUCH)[0]), COLD)
    return ax.figure


@figure(
    alt=(
        "Nine equal shares over two valleys. Cooled at once, {deep[1]} is in the deep valley; "
        "cooled in 100, 1,000 and 10,000 steps, {deep[2]}, {deep[3]} and {deep[4]}."
    ),
    caption=(
        "**The slower the cooling, the more ends in the deep valley.** "
        "The line is the energy of nine places. Below it, the area of a disk is the share "
        "of its place, at the start and after cooling to T = {final}, at once (quench) or in "
        "steps; the number is the share of the deep valley. "
        "The start is computed by [`softmax`](softdial.softmax)."
    ),
    values={"deep": DEEP, "final": FINAL, "hills": HILLS},
)
def cooling():
    ax = panel(SQUARE, left=84, right=46, bottom=10, top=10)
    places = range(len(HILLS))
    ax.plot(places, HILLS, "o-", color=INK, lw=1.4, ms=4)
    for place, shift in ((3, -12), (5, 11), (7, -12)):
        at = place, HILLS[place]
        label(ax, digits(HILLS[place]), at, (0, shift), QUIET)
    for row, shares in enumerate(SHARES):
        color = COLD if row else HOT
        height = -1.9 - 1.4 * row
        for place in places:
            if shares[place] > 0.001:
                size = (320 * shares[place]) ** 0.5
                ax.plot(place, height, "o", ms=size, color=color, mew=0)
        label(ax, NAMES[row], (-0.7, height), ha="right")
        at = 8.7, height
        label(ax, digits(DEEP[row]), at, (0, 0), color, "left")
    label(ax, "deep valley", (8.7, -0.9), (33, 0), QUIET, "right")
    ax.set(xlim=(-0.5, 8.5), ylim=(-8.1, 5.2))
    ax.axis("off")
    return ax.figure
