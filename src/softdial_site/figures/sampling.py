"""The figures of the chapter on sampling."""

import numpy as np

from softdial import sample, softmax
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
)

TOKENS = ["mat", "pot", "stone", "door", "moon"]
LOGITS = np.log([0.5, 0.2, 0.15, 0.1, 0.05])
P = softmax(LOGITS)
N = 100
COUNTS = np.bincount(sample(LOGITS, size=N, rng=0), minlength=5)
ERRORS = np.sqrt(P * (1 - P) / N)
STOPS = np.array([100, 1_000, 10_000])
NOISE = -np.log(np.random.default_rng(92).exponential(size=5))
SCORES = LOGITS + NOISE
GAPS = 10.0 ** np.array([-6, -3, 0])


def smaller(gap, temperatures):
    """The share of the smaller of two classes."""
    return softmax([gap, 0], temperature=temperatures)[..., 1]


@figure(
    alt=(
        "Of {N} draws, five tokens expected {n[0]}, {n[1]}, {n[2]}, {n[3]} and {n[4]} times "
        "came up {k[0]}, {k[1]}, {k[2]}, {k[3]} and {k[4]} times, all within two standard errors."
    ),
    caption=(
        "**Counts scatter around their expected values, and you can say how far.** "
        "Bars are the counts drawn, thick lines the expected ones; the bands reach two standard "
        "errors up and down. In print: {N} draws at T = 1. "
        "Computed by [`sample`](softdial.sample)."
    ),
    values={"N": N, "n": N * P, "k": COUNTS, "errors": N * ERRORS},
)
def race():
    ax = panel(STANDARD, left=62, right=10, bottom=58, top=10)
    places, reach = np.arange(5), 2 * N * ERRORS
    band = {"fc": (QUIET, 0.2), "ec": QUIET, "lw": 0.6}
    ax.bar(places, 2 * reach, 0.8, N * P - reach, **band)
    ax.bar(places, COUNTS, 0.3, color=QUIET)
    ax.hlines(N * P, places - 0.4, places + 0.4, INK, lw=2)
    rows = {"token": TOKENS}
    rows["expected"] = [digits(mean) for mean in N * P]
    rows["drawn"] = [digits(count) for count in COUNTS]
    for row, (name, texts) in enumerate(rows.items()):
        down = -13 - 16 * row
        label(ax, name, (-0.5, 0), (-6, down), QUIET, "right")
        for place, text in zip(places, texts, strict=True):
            label(ax, text, (place, 0), (0, down))
    notes = {"two standard errors up": (60, -4, QUIET)}
    notes["expected"] = (50, 0, INK)
    notes["two standard errors down"] = (40, 4, QUIET)
    for text, (height, up, color) in notes.items():
        label(ax, text, (0.4, height), (6, up), color, "left")
    ax.set(xlim=(-0.5, 4.5), ylim=(0, 62))
    ax.set(xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax.figure


@figure(
    alt=(
        "The share of a class with p = {p} in five runs of draws, mostly inside a band of two "
        "standard errors that narrows from ±{reach[0]} at 100 draws to ±{reach[2]} at 10,000."
    ),
    caption=(
        "**A hundred times the draws, a tenth of the error.** "
        "Each thin line is the share of one class with p = {p} so far; "
        "the band is p plus and minus two standard errors. "
        "Computed by [`sample`](softdial.sample)."
    ),
    values={"p": P[0], "reach": 2 * np.sqrt(0.25 / STOPS), "N": STOPS},
)
def funnel():
    ax = panel(STANDARD, left=34, right=22, bottom=44, top=10)
    ax.set(xscale="log", xlim=(10, 10_000), ylim=(0.15, 0.85))
    sizes = np.unique(np.geomspace(10, 10_000, 50).astype(int))
    reach = 2 * np.sqrt(0.25 / sizes)
    band = {"fc": (QUIET, 0.2), "ec": QUIET, "lw": 0.6}
    ax.fill_between(sizes, 0.5 - reach, 0.5 + reach, **band)
    draws = sample(LOGITS, size=(10_000, 5), rng=0) == 0
    shares = draws.cumsum(axis=0)[sizes - 1] / sizes[:, None]
    ax.plot(sizes, shares, color=INK, lw=0.9)
    for stop in STOPS:
        up = 2 * np.sqrt(0.25 / stop)
        ax.vlines(stop, 0.5 - up, 0.5 + up, QUIET, lw=1.4)
        label(ax, f"±{digits(up)}", (stop, 0.5 + up), (0, 9))
    ax.set_xticks([10, *STOPS], ["10", "100", "1,000", "10,000"])
    ax.set_yticks([0.25, 0.5, 0.75], ["¼", "½", "¾"])
    ax.minorticks_off()
    label(ax, "share so far", (10_000, 0.8), (0, 0), QUIET, "right")
    label(ax, "draws so far", (316, 0.15), (0, -32), QUIET)
    return ax.figure


@figure(
    alt=(
        "Noise moves the logits of five tokens to {s[0]}, {s[1]}, {s[2]}, {s[3]} and {s[4]}. "
        "The largest, {s[1]}, is drawn: pot, with p = {p[1]}."
    ),
    caption=(
        "**Add noise to every logit and take the largest.** "
        "Ticks are logits, arrows the noise of one round, dots the sums; "
        "where its hump is higher, a dot is likelier to land. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": P, "z": LOGITS, "noise": NOISE, "s": SCORES},
)
def gumbel():
    ax = panel(SQUARE, left=48, right=58, bottom=40, top=20)
    ax.set(xlim=(-5, 3), ylim=(-4.2, 0.8), yticks=[])
    ax.set_xticks([-4, -2, 0, 2], ["−4", "−2", "0", "2"])
    ax.spines[["left", "bottom"]].set_visible(False)
    best = SCORES.max()
    ax.axvline(best, color=INK, lw=1, ls=":")
    label(ax, "the largest is drawn: pot", (best, 0.8), (0, 9))
    for row, z in enumerate(LOGITS):
        across = np.linspace(max(z - 2, -5), 3, 36)
        hump = np.exp(z - across - np.exp(z - across))
        ax.plot(across, 1.7 * hump - row, color=QUIET, lw=1)
        ax.hlines(-row, -5, 3, QUIET, lw=0.6)
        color = INK if SCORES[row] == best else QUIET
        ax.vlines(z, -row, 0.2 - row, color, lw=2)
        arrow(ax, (z, 0.1 - row), (SCORES[row], 0.1 - row))
        dot(ax, (SCORES[row], 0.1 - row), color)
        label(ax, TOKENS[row], (-5, -row), (-8, 5), color, "right")
        text = f"p = {digits(P[row])}"
        label(ax, text, (3, -row), (8, 5), color, "left")
    label(ax, "logit plus noise", (-1, -4.2), (0, -32), QUIET)
    return ax.figure


@figure(
    alt=(
        "The smaller of two classes against T from 10⁻⁹ to 100, for gaps of 10⁻⁶, 0.001 and 1: "
        "near 0 while T is far below the gap, {p} at T = gap, near ½ far above it."
    ),
    caption=(
        "**A small T is greedy only where the gap is far larger.** "
        "Each curve is the probability of the smaller of two classes; "
        "at the dot, where T equals the gap, it still gets {p}. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": smaller(1, 1), "gaps": GAPS, "T": [1e-9, 0.01, 100]},
)
def near_tie():
    ax = panel(STANDARD, left=34, right=16, bottom=30, top=10)
    ax.set(xscale="log", xlim=(1e-9, 100), ylim=(0, 0.55))
    ax.axvline(1, lw=1, **look(1))
    for gap, name in zip(GAPS, ["10⁻⁶", "0.001", "1"], strict=True):
        near = gap * np.geomspace(0.04, 1000, 50)
        stops = np.sort([1e-9, *near[near < 100], 1, 3, 10, 30, 100])
        curve(ax, stops, stops, smaller(gap, stops))
        place = gap, smaller(gap, gap)
        dot(ax, place, look(gap)["color"])
        label(ax, f"gap {name}", place, (-9, 0), INK, "right")
    text = "share of\nthe smaller"
    label(ax, text, (1e-9, 0.46), (8, 0), QUIET, "left")
    ticks = 10.0 ** np.arange(-8, 3, 2)
    names = ["T = 10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1", "100"]
    ax.set_xticks(ticks, names)
    ax.set_yticks([0, 0.25, 0.5], ["0", "¼", "½"])
    ax.minorticks_off()
    return ax.figure
