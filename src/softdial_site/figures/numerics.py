"""The figures of the chapter on numerics."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    INK,
    QUIET,
    STANDARD,
    digits,
    label,
    panel,
)

TYPES = [np.float16, np.float32, np.float64]
# the largest x whose exp is finite, and the smallest whose exp is not rounded to 0
OVER = [np.log(float(np.finfo(t).max)) for t in TYPES]
UNDER = [np.log(float(np.finfo(t).smallest_subnormal)) - np.log(2) for t in TYPES]
T = 0.7
OFFSETS = 10.0 ** np.arange(7)
# multiples of 2**-20: adding these offsets is exact, so the exact answer stays the same
GAPS = np.round(np.random.default_rng(0).normal(size=1000) * 2**20) / 2**20
EXACT = softmax(GAPS, temperature=T)


def scaled_first(logits):
    scaled = logits / T
    weights = np.exp(scaled - scaled.max())
    return weights / weights.sum()


def error(p):
    """The largest error, in units of the last place."""
    return (np.abs(p - EXACT) / np.spacing(EXACT)).max()


ERRORS = [error(scaled_first(offset + GAPS)) for offset in OFFSETS]
SHIFTED = max(error(softmax(offset + GAPS, temperature=T)) for offset in OFFSETS)


@figure(
    alt=(
        "exp is finite up to {over[0]} in float16, {over[1]} in float32 and {over[2]} in float64, "
        "and 0 below {under[0]}, {under[1]} and {under[2]}."
    ),
    caption=(
        "**exp leaves the range of floats sooner than scores do.** "
        "Each bar spans the scores whose exp is neither 0 nor infinite; "
        "subtracting the maximum moves all scores to 0 or to the left of it. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"over": OVER, "under": UNDER},
)
def exp_range():
    ax = panel(STANDARD, left=10, right=10, bottom=30, top=18)
    for row, (kind, low, high) in enumerate(zip(TYPES, UNDER, OVER, strict=True)):
        ax.barh(-row, high - low, 0.34, low, color=QUIET)
        label(ax, kind.__name__, (-760, -row + 0.36), (0, 0), INK, "left")
        for end, side, shift in ((low, "right", -5), (high, "left", 5)):
            label(ax, digits(end), (end, -row), (shift, 0), INK, side)
    ax.axvline(0, color=INK, lw=0.8)
    label(ax, "exp is 0 to the left", (-30, 0.85), (0, 0), QUIET, "right")
    label(ax, "and ∞ to the right", (30, 0.85), (0, 0), QUIET, "left")
    ax.set(xlim=(-930, 930), ylim=(-2.3, 1))
    ax.axis("off")
    return ax.figure


@figure(
    alt=(
        "Divide first, and logits around {offset} are off by {errors[4]} units of the last place; "
        "around 1,000,000 by {errors[6]}. Subtract first, and the offset changes nothing."
    ),
    caption=(
        "**Subtract first, and the offset costs nothing.** "
        "Both lines are the same thousand logits at T = {T}, moved away from 0; "
        "read the largest error of a probability on the left, in units of its last place. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"errors": ERRORS, "offset": OFFSETS[4], "T": T},
)
def two_orders():
    ax = panel(STANDARD, left=62, right=16, bottom=40, top=14)
    ax.set(xscale="log", yscale="log", xlim=(1, 1e6), ylim=(0.6, 3e6))
    ax.plot(OFFSETS, ERRORS, color=INK, lw=2)
    ax.plot(OFFSETS, np.ones_like(OFFSETS), color=INK, lw=2, ls=":")
    label(ax, "divide, then subtract", (300, 900), (-4, 8), INK, "right")
    label(ax, "subtract, then divide: no error added", (1e6, 1), (-4, 10), INK, "right")
    ax.set_xticks([1, 1e2, 1e4, 1e6], ["1", "100", "10,000", "1,000,000"])
    ax.get_xticklabels()[-1].set_ha("right")
    ax.set_yticks([1, 1e3, 1e6], ["1", "1,000", "1,000,000"])
    ax.minorticks_off()
    label(ax, "offset of the logits", (1e3, 0.6), (0, -32), QUIET)
    return ax.figure
