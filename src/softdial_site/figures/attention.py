"""The figures of the chapter on attention."""

import numpy as np
from matplotlib.patches import Arc

import softdial
from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    HOT,
    INK,
    QUIET,
    STANDARD,
    digits,
    dot,
    label,
    look,
    panel,
)

LENGTHS = 4 ** np.arange(1, 6)
MOST = np.log(16)
LEADS = [4, 8, 12]
SIZES = np.array([16, 1024, 65_536])
WORDS = ["dog", "slept", "because", "it"]
SCORES = np.array([[2, 1], [0, 1], [-1, 0]]) @ [1, 2]
# rounded as on the page, so that the products shown add up to what is taken in
SHARES = softmax(SCORES).round(3)
VALUES = np.array([10, 20, 30])
PRODUCTS = SHARES * VALUES
TAKEN = PRODUCTS.sum()
COLUMNS, ASKING, STEM = [22, 92, 162], 257, 18
HEIGHTS = [-36, -58, -80, -102]


def one_query():
    """The scores of 16 random keys, best first."""
    rng = np.random.default_rng(0)
    query = rng.normal(size=64)
    keys = rng.normal(size=(16, 64))
    return np.sort(keys @ query)[::-1]


def scores(d):
    """Dot products of 200 sequences, 16 queries with 16 keys each."""
    rng = np.random.default_rng(0)
    queries, keys = rng.normal(size=(2, 200, 16, d))
    return queries @ keys.swapaxes(1, 2)


def mean_entropy(d):
    """The mean entropy of the weights at T = 1, √d and d."""
    table = scores(d)
    rows = [softmax(table, temperature=t) for t in (1, np.sqrt(d), d)]
    return [softdial.entropy(row).mean() for row in rows]


def leading(lead, sizes):
    """The weight of one entry that leads all others."""
    others = np.log(sizes - 1)
    return softmax(np.stack([lead - others, 0 * others]), axis=0)[0]


WEIGHTS = softmax(one_query(), temperature=[1, 8])
ENTROPIES = np.array([mean_entropy(d) for d in LENGTHS])
PARTS = leading(8, SIZES)


@figure(
    alt=(
        "Sixteen keys of length 64 and one query: at T = 1 the best key gets {p[0][0]} of the "
        "weight and the second {p[0][1]}; at T = {T} they get {p[1][0]} and {p[1][1]}."
    ),
    caption=(
        "**With random keys, the weights stay open at T = √d.** "
        "Each pair of bars is one of 16 random keys of length 64, best first: "
        "its weight with the scores as they are, and at T = {T}. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": WEIGHTS, "T": 8},
)
def weights():
    ax = panel(STANDARD, left=10, right=10, bottom=26, top=14)
    for row, (side, temperature) in enumerate([(-0.2, 1), (0.2, 8)]):
        color = look(temperature)["color"]
        ax.bar(np.arange(16) + side, WEIGHTS[row], 0.36, color=color)
        best = WEIGHTS[row, 0]
        text = f"T = {temperature}: {digits(best)}"
        shift = (12, -6) if temperature == 1 else (2, 11)
        label(ax, text, (side, best), shift, color, "left")
    label(ax, "weight", (15.5, 0.85), (0, -6), QUIET, "right")
    label(ax, "16 keys, best first", (7.5, 0), (0, -14), QUIET)
    ax.set(xlim=(-0.5, 15.5), ylim=(0, 0.85), xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax.figure


@figure(
    alt=(
        "Arcs from the word it to dog, slept and because, with the scores {z[0]}, {z[1]} and "
        "{z[2]}, the weights {w[0]}, {w[1]} and {w[2]} and the values {v[0]}, {v[1]} and {v[2]}. "
        "It takes in {out}."
    ),
    caption=(
        '**"It" takes most from the word whose key fits its query best.** '
        "An arc is as wide as its attention weight; the thinnest is widened to be seen. "
        "Read a column downward: softmax turns the score into a weight, the weight multiplies the "
        'value, and the products add up to what "it" takes in. '
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"z": SCORES, "w": SHARES, "v": VALUES, "parts": PRODUCTS, "out": TAKEN},
)
def lookup():
    ax = panel(3.1, left=60, right=10, bottom=8, top=8)
    # a unit is a point, so that the arcs share the width of one stem
    ax.set(xlim=(0, 290), ylim=(-111, 96.2))
    right = ASKING + STEM / 2
    for at, share in zip(COLUMNS, SHARES, strict=True):
        width = max(STEM * share, 1)
        across = right - width / 2 - at
        middle = at + across / 2, 0
        shape = {"lw": width, "color": QUIET}
        ends = {"theta1": 0, "theta2": 180}
        arc = Arc(middle, across, 0.75 * across, **ends, **shape)
        ax.add_patch(arc)
        right -= width
    for at, word in zip([*COLUMNS, ASKING], WORDS, strict=True):
        label(ax, word, (at, 0), (0, -10))
    rows = {"score": SCORES, "weight": SHARES}
    rows |= {"value": VALUES, "product": PRODUCTS}
    for name, height in zip(rows, HEIGHTS, strict=True):
        label(ax, name, (0, height), (-8, 0), QUIET, "right")
        for at, number in zip(COLUMNS, rows[name], strict=True):
            label(ax, digits(number), (at, height))
    label(ax, "takes in", (ASKING, HEIGHTS[-2]), color=QUIET)
    label(ax, digits(TAKEN), (ASKING, HEIGHTS[-1]))
    ax.axis("off")
    return ax.figure


@figure(
    alt=(
        "Mean entropy of 16 weights at d = 4, 64 and 1024: {H[0][0]}, {H[2][0]} and {H[4][0]} nats "
        "at T = 1; {H[0][1]}, {H[2][1]} and {H[4][1]} at T = √d; near log 16 = {most} at T = d."
    ),
    caption=(
        "**At T = √d, the length of random keys hardly matters.** "
        "Height is the mean entropy of 16 weights: as d grows, it falls toward 0 at T = 1 "
        "and nears {most}, the most there is, at T = d. "
        "Computed by [`entropy`](softdial.entropy)."
    ),
    values={"H": ENTROPIES, "most": MOST, "d": LENGTHS},
)
def entropy():
    ax = panel(STANDARD, left=44, right=24)
    ax.set(xscale="log", xlim=(4, 1024), ylim=(0, 3.3))
    names = [str(d) for d in LENGTHS]
    ax.set_xticks(LENGTHS, [f"d = {names[0]}", *names[1:]])
    ax.tick_params(axis="x", pad=10)
    ax.set_yticks([0, 1, 2, MOST], ["0", "1", "2", digits(MOST)])
    ax.minorticks_off()
    ax.axhline(MOST, color=QUIET, lw=0.8)
    plain, root, full = ENTROPIES.T
    ax.plot(LENGTHS, plain, lw=2, **look(1))
    ax.plot(LENGTHS, root, lw=2, **look(np.inf))
    ax.plot(LENGTHS, full, lw=2, **look(np.inf))
    label(ax, "T = 1", (64, plain[2]), (4, 14), QUIET, "left")
    label(ax, "T = √d", (64, root[2]), (4, -13), HOT, "left")
    label(ax, "T = d", (64, full[2]), (4, 12), HOT, "left")
    text = "mean entropy, nats"
    label(ax, text, (4, 3.1), (6, 0), QUIET, "left")
    return ax.figure


@figure(
    alt=(
        "An entry that leads by {lead} has weight {p[0]} among 16 entries, {p[1]} among 1,024 "
        "and {p[2]} among 65,536."
    ),
    caption=(
        "**A fixed lead is used up as entries are added.** "
        "Each line is the weight of one entry among n, "
        "ahead of all others by the number written at it. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"lead": 8, "leads": LEADS, "p": PARTS},
)
def dispersal():
    ax = panel(STANDARD, left=28, right=22)
    ax.set(xscale="log", xlim=(2, 2**20), ylim=(0, 1.05))
    names = [f"{size:,}" for size in SIZES]
    ax.set_xticks(SIZES, [f"n = {names[0]}", *names[1:]])
    ax.set_yticks([0, 1 / 2, 1], ["0", "½", "1"])
    ax.minorticks_off()
    sizes = np.geomspace(2, 2**20, 80)
    for lead in LEADS:
        ax.plot(sizes, leading(lead, sizes), color=INK, lw=2)
        half = np.exp(lead) + 1
        label(ax, f"lead {lead}", (half, 1 / 2), (6, 8), INK, "left")
    places = [(8, -11), (9, 6), (6, 9)]
    for size, part, place in zip(SIZES, PARTS, places, strict=True):
        dot(ax, (size, part), INK)
        label(ax, digits(part), (size, part), place, ha="left")
    name = "weight of\nthe leader"
    label(ax, name, (2, 1 / 4), (8, 0), QUIET, "left")
    return ax.figure
