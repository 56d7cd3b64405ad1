"""The figures of the chapter on truncation."""

import numpy as np

from softdial import min_p, softmax, top_k, top_p
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    INK,
    QUIET,
    SQUARE,
    STANDARD,
    arrow,
    curve,
    digits,
    dot,
    label,
    look,
    panel,
    short,
    temperature_axis,
)

LOGITS = np.log([12, 6, 4, 2, 1])
COUNT, MASS, SHARE = 2, 0.75, 0.1
SURE = [0.9, 0.05, 0.03, 0.01, 0.01]
EVEN = [0.24, 0.22, 0.2, 0.18, 0.16]

TRIPLE = np.array([3, 2, 1])
COLD_FIRST, TOP_P = 0.5, 0.8
HALVES = softmax(TRIPLE, temperature=COLD_FIRST)
PLAIN = softmax(TRIPLE)
AFTER = softmax(top_p(TRIPLE, TOP_P), temperature=COLD_FIRST)
ALONE = softmax(top_p(TRIPLE / COLD_FIRST, TOP_P))

STOPS = [0.5, 1, 2, 4]


def survivors(row):
    """How many classes top-k, top-p and min-p keep."""
    z = np.log(row)
    cut = [top_k(z, COUNT), top_p(z, MASS), min_p(z, SHARE)]
    return np.isfinite(cut).sum(axis=1)


def nucleus(temperatures):
    scaled = LOGITS / np.reshape(temperatures, (-1, 1))
    return np.isfinite(top_p(scaled, MASS)).sum(axis=1)


@figure(
    alt=(
        "Top-k {k}, top-p {mass} and min-p {share} on two rows. Where one class holds {sure[0]}, "
        "they keep {few[0]}, {few[1]} and {few[2]}; where five hold {even[0]} to {even[4]}, they "
        "keep {many[0]}, {many[1]} and {many[2]}."
    ),
    caption=(
        "**Top-k counts; top-p and min-p follow the row.** "
        "Two rows of five classes meet the same three settings. "
        "Each line below the bars spans the classes that stay, and ends in their number. "
        "Computed by [`top_p`](softdial.top_p)."
    ),
    values={
        "k": COUNT,
        "mass": MASS,
        "share": SHARE,
        "sure": SURE,
        "even": EVEN,
        "few": survivors(SURE),
        "many": survivors(EVEN),
    },
)
def cuts():
    ax = panel(STANDARD, left=72, right=10, bottom=10, top=18)
    row_with_cuts(ax, 0, SURE)
    row_with_cuts(ax, 5.7, EVEN)
    label(ax, "one is nearly certain", (2.6, 0.45), color=QUIET)
    even = "all are about equally likely"
    label(ax, even, (7.7, 0.45), color=QUIET)
    at = -0.36, 0.8
    label(ax, "probability", at, (-10, 0), QUIET, "right")
    rules = f"top-k {COUNT}", f"top-p {MASS}", f"min-p {SHARE}"
    for place, rule in enumerate(rules):
        label(ax, rule, (-0.36, depth(place)), (-10, 0), ha="right")
    ax.set(xlim=(-0.4, 10.4), ylim=(-0.46, SURE[0]))
    ax.axis("off")
    return ax.figure


def row_with_cuts(ax, start, row):
    """Bars, and below them one line for each rule."""
    ax.bar(start + np.arange(5), row, 0.72, color=QUIET)
    for place, p in enumerate(row):
        label(ax, digits(p), (start + place, p), (0, 9))
    for place, kept in enumerate(survivors(row)):
        ends, height = (start - 0.36, start + kept - 0.64), depth(place)
        ax.hlines(height, *ends, INK, lw=1.6)
        ax.plot(ends[1], height, "|", ms=9, color=INK, mew=1.6)
        label(ax, digits(kept), (ends[1], height), (8, 0), ha="left")


def depth(place):
    return -0.13 - 0.14 * place


@figure(
    alt=(
        "Logits 3, 2, 1, top-p {p}, T = {T}. T first: class 0 holds {halves[0]}, so it stays "
        "alone. Top-p first: it holds {plain[0]}, so two stay and end at "
        "{after[0]} and {after[1]}."
    ),
    caption=(
        "**At T = ½, T first lets one class through, top-p first two.** "
        "In each pair the upper bar is before the cut, the lower is the result; outlined classes "
        "are cut. With top-p, the class in which the line at {p} falls is the last one kept. "
        "Computed by [`top_p`](softdial.top_p)."
    ),
    values={
        "p": TOP_P,
        "T": COLD_FIRST,
        "halves": HALVES,
        "plain": PLAIN,
        "after": AFTER,
        "alone": ALONE,
    },
)
def order():
    ax = panel(SQUARE, left=16, right=16, bottom=10, top=10)
    ax.set(xlim=(0, 1), ylim=(7.2, -0.6))
    ax.axis("off")
    half = short(COLD_FIRST)
    heading(ax, -0.3, f"T = {half} first", ALONE)
    stack(ax, 0.8, HALVES, ALONE, COLD_FIRST)
    step(ax, 1.75, "cut")
    stack(ax, 2.6, ALONE, ALONE, COLD_FIRST)
    heading(ax, 3.8, f"top-p {TOP_P} first", AFTER)
    stack(ax, 4.9, PLAIN, AFTER, 1)
    step(ax, 5.85, f"cut, then T = {half}")
    stack(ax, 6.7, AFTER, AFTER, COLD_FIRST)
    for row in (0.8, 4.9):
        ends = row - 0.25, row + 0.45
        ax.plot((TOP_P, TOP_P), ends, color=INK, lw=1.6)
        label(ax, digits(TOP_P), (TOP_P, ends[1]), (0, -8))
    return ax.figure


def heading(ax, row, text, survivors):
    left = np.count_nonzero(survivors)
    label(ax, text, (0, row), ha="left")
    label(ax, f"keeps {left}", (1, row), ha="right")


def stack(ax, row, shares, survivors, temperature):
    color, dashes = look(temperature).values()
    start = 0
    for share, survivor in zip(shares, survivors, strict=True):
        face = color if survivor > 0 else "none"
        edge = {"ec": color, "ls": dashes, "lw": 1.2}
        if share > 0:
            ax.barh(row, share - 0.006, 0.5, start, fc=face, **edge)
        if survivor > 0:
            label(ax, digits(share), (start + share / 2, row), (0, 16))
        start += share


def step(ax, row, text):
    arrow(ax, (0.04, row - 0.35), (0.04, row + 0.35))
    label(ax, text, (0.04, row), (10, 0), QUIET, "left")


@figure(
    alt=(
        "Classes that survive top-p {mass}, by T. With T first: {n[0]} at T = {T[0]}, {n[1]} at "
        "T = 1, {n[2]} at T = 2, {n[3]} at T = 4. With T last: {n[1]} at every T."
    ),
    caption=(
        "**With T first, heat lets more classes through; with T last, their number stays.** "
        "The steps count the classes that survive top-p {mass} after dividing by T; "
        "the level line is for a cut made before dividing. Computed by [`top_p`](softdial.top_p)."
    ),
    values={"mass": MASS, "n": nucleus(STOPS), "T": STOPS},
)
def heat():
    ax = panel(STANDARD, left=28, right=14)
    temperature_axis(ax, 0.25, 8)
    ax.set(ylim=(0, 5.2), yticks=[1, 2, 3, 4, 5])
    still = nucleus(1)[0]
    ax.axhline(still, color=INK, lw=1.2)
    temperatures = np.geomspace(0.125, 8, 601)[100:]
    along = np.repeat(temperatures, 2)[1:]
    curve(ax, along, along, np.repeat(nucleus(temperatures), 2)[:-1])
    for stop, kept in zip(STOPS, nucleus(STOPS), strict=True):
        dot(ax, (stop, kept), look(stop)["color"])
    label(ax, "classes kept", (0.25, 5), (8, 0), QUIET, "left")
    label(ax, "T last", (0.25, still), (6, 9), ha="left")
    label(ax, "T first", (0.25, 1), (6, 9), look(0)["color"], "left")
    return ax.figure
