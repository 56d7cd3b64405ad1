"""The figures of the chapter on numerics."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import INK, QUIET, STANDARD, arrow, digits, label, panel

TYPES = [np.finfo(size) for size in ("float16", "float32", "float64")]
# the last whole score with a finite exp, and the first below 0 whose exp is 0
OVER = [np.floor(np.log(float(kind.max))) for kind in TYPES]
LEAST = [float(kind.smallest_subnormal) for kind in TYPES]
UNDER = [np.floor(np.log(least) - np.log(2)) for least in LEAST]
SCORES = np.array([800, 900])
SHIFTED = SCORES - SCORES.max()
FIRST, LAST = -1010, 960
T = 0.7
OFFSETS = 10.0 ** np.arange(7)
# multiples of 2**-20, so that adding an offset rounds nothing
DRAWS = np.random.default_rng(0).normal(size=1000)
GAPS = np.round(DRAWS * 2**20) / 2**20
EXACT = softmax(GAPS, temperature=T)


def divided_first(logits):
    scaled = logits / T
    weights = np.exp(scaled - scaled.max())
    return weights / weights.sum()


def subtracted_first(logits):
    return softmax(logits, temperature=T)


def errors(computed):
    """The largest change at each offset, in units of the last place."""
    found = [computed(offset + GAPS) for offset in OFFSETS]
    return np.max(np.abs(found - EXACT) / np.spacing(EXACT), axis=1)


DIVIDED, SUBTRACTED = errors(divided_first), errors(subtracted_first)


@figure(
    alt=(
        "exp of a whole score is finite up to {over[0]} in float16, {over[1]} in float32, "
        "{over[2]} in float64, and 0 from {under[0]}, {under[1]}, {under[2]} down. "
        "Less their maximum, {z[0]} and {z[1]} become {shifted[0]} and {shifted[1]}."
    ),
    caption=(
        "**Subtract the largest score, and none is left where exp is ∞.** "
        "Each bar spans the scores whose exp is neither 0 nor ∞, its ends rounded down to whole "
        "numbers. The scores {z[0]} and {z[1]} lie right of all bars. Less {z[1]} they are "
        "{shifted[0]} and {shifted[1]}, and the worst that happens is a 0, in float16. "
        "The same shift as in [`softmax`](softdial.softmax)."
    ),
    values={"over": OVER, "under": UNDER, "z": SCORES, "shifted": SHIFTED},
)
def exp_range():
    ax = panel(2.75, left=58, right=14, bottom=8, top=20)
    number_line(ax, 4.0, "scores", SCORES, "none")
    number_line(ax, 2.4, "shifted", SHIFTED, INK)
    arrow(ax, (SCORES[1], 3.9), (15, 2.55))
    less = f"minus {digits(SCORES[1])}"
    label(ax, less, (SCORES[1] / 2, 3.2), (14, -5), QUIET, "left")
    for row, kind in enumerate(TYPES):
        low, high = UNDER[row], OVER[row]
        ax.barh(-row, high - low, 0.4, low, color=QUIET)
        label(ax, str(kind.dtype), (FIRST, -row), (-6, 0), ha="right")
        label(ax, digits(low), (low, -row), (-5, 0), ha="right")
        label(ax, digits(high), (high, -row), (5, 0), ha="left")
    ax.vlines(0, -2.5, 2.4, INK, lw=0.8)
    head = 0, 0.95
    label(ax, "left of a bar exp is 0", head, (-8, 0), QUIET, "right")
    label(ax, "right of it ∞", head, (8, 0), QUIET, "left")
    ax.set(xlim=(FIRST, LAST), ylim=(-2.5, 4.3))
    ax.axis("off")
    return ax.figure


def number_line(ax, height, name, scores, face):
    ax.hlines(height, FIRST, LAST, QUIET, lw=0.8)
    label(ax, name, (FIRST, height), (-6, 0), ha="right")
    low, high = scores
    label(ax, digits(low), (low, height), (2, 11), ha="right")
    label(ax, digits(high), (high, height), (-4, 11), ha="left")
    flat = np.full(2, height)
    ax.plot(scores, flat, "o", ms=6.5, mfc=face, mec=INK)


@figure(
    alt=(
        "Divide first: logits moved up by 10,000 give probabilities off by up to "
        "{thousands} thousand ulp; moved up by 1,000,000, by up to {million} million. "
        "Subtract first: {none} ulp at every offset."
    ),
    caption=(
        "**Subtract first, and an offset that was added without rounding costs nothing.** "
        "Both lines are the same thousand logits at T = {T}, moved up without rounding; "
        "the height is, in ulp, how far a probability lies at most from its value before the move, "
        "computed by subtracting first. "
        "The lower line is computed by [`softmax`](softdial.softmax)."
    ),
    values={
        "thousands": DIVIDED[4] / 1e3,
        "million": DIVIDED[6] / 1e6,
        "none": SUBTRACTED.max(),
        "T": T,
    },
)
def two_orders():
    ax = panel(STANDARD, left=62, right=34, bottom=46, top=18)
    ax.set_xscale("log")
    ax.set_yscale("symlog", linthresh=1)
    ax.set(xlim=(1, 1e6), ylim=(0, 1e6))
    ax.plot(OFFSETS, DIVIDED, color=INK, lw=2)
    ax.plot(OFFSETS, SUBTRACTED, color=INK, lw=3)
    label(ax, "divide, then subtract", (1e3, 3e3), (-6, 8), ha="right")
    label(ax, "subtract, then divide", (1e6, 0), (0, 9), ha="right")
    label(ax, "off by, in ulp", (1, 1e6), (6, 8), QUIET, "left")
    label(ax, "added to every logit", (1e3, 0), (0, -34), QUIET)
    ax.set_xticks([1, 1e2, 1e4, 1e6])
    ax.set_yticks([0, 1, 1e3, 1e6])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:,.0f}")
    ax.minorticks_off()
    return ax.figure
