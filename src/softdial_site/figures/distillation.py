"""The figures of the chapter on distillation."""

import numpy as np

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
    temperature_axis,
)

ANIMALS = ["dog", "wolf", "cat"]
HUSKY = [8, 2, -1]
CHANCES = softmax(HUSKY, temperature=[1, 4])
TEACHER, STUDENT = [4, 1, -2], [1, 0, -1]
WAY = np.geomspace(1, 64, 60)


def scaled(teacher, student, temperatures):
    """The length of the soft loss's gradient, times T squared."""
    p = softmax(teacher, temperature=temperatures)
    q = softmax(student, temperature=temperatures)
    return temperatures * np.linalg.norm(q - p, axis=-1)


def limit(teacher, student):
    gaps = np.subtract(student, teacher)
    return np.linalg.norm(gaps - gaps.mean()) / gaps.size


STOPS = np.array([1, 8])
SCALED = scaled(TEACHER, STUDENT, STOPS)
PLAIN = SCALED / STOPS**2
LIMIT = limit(TEACHER, STUDENT)

RNG = np.random.default_rng(0)
SECRET = 4 * RNG.normal(size=(5, 3))
SEEN = RNG.normal(size=(1000, 5))
NEW = RNG.normal(size=(10_000, 5))
BEST = (NEW @ SECRET).argmax(axis=1)
COUNTS = [3, 5, 10, 30, 100, 1000]


def agreement(target, temperature):
    """How often students of so many rows answer like the teacher."""
    shares = []
    for n in COUNTS:
        table = train(SEEN[:n], target[:n], temperature)
        answers = (NEW @ table).argmax(axis=1)
        shares.append((answers == BEST).mean())
    return shares


def train(inputs, target, temperature):
    table = np.zeros((5, 3))
    for _ in range(3000):
        q = softmax(inputs @ table, temperature=temperature)
        table -= inputs.T @ (q - target) / len(inputs)
    return table


LOGITS = SEEN @ SECRET
LABELS = agreement(np.eye(3)[LOGITS.argmax(axis=1)], 1)
MILD = agreement(softmax(LOGITS), 1)
WARM = agreement(softmax(LOGITS, temperature=4), 4)


@figure(
    alt=(
        "Logits {z[0]}, {z[1]} and {z[2]} for dog, wolf and cat give {p[0][0]}, {p[0][1]} and "
        "{p[0][2]} at T = 1, and {p[1][0]}, {p[1][1]} and {p[1][2]} at T = {T}."
    ),
    caption=(
        "**Heat lifts the wrong classes into sight.** "
        "All bars belong to one picture of a dog that resembles a wolf; "
        "at T = {T} you can see by how much wolf leads cat. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"p": CHANCES, "T": 4, "z": HUSKY},
)
def dark():
    ax = panel(STANDARD, left=10, right=10, bottom=42, top=22)
    for row, (side, temperature) in enumerate([(-0.25, 1), (0.25, 4)]):
        color = look(temperature)["color"]
        for place, p in enumerate(CHANCES[row]):
            x = place + side
            ax.bar(x, p, 0.42, color=color)
            label(ax, digits(p), (x, p), (0, 9), color)
            label(ax, f"T = {temperature}", (x, 0), (0, -11), color)
    for place, animal in enumerate(ANIMALS):
        label(ax, animal, (place, 0), (0, -29))
    ax.set(xlim=(-0.52, 2.52), ylim=(0, 1), xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax.figure


@figure(
    alt=(
        "Share of answers like the teacher's: after 10 rows {labels[2]} from labels, {mild[2]} "
        "from soft targets at T = 1, and {warm[2]} at T = 4; after 1,000 rows {labels[5]} from "
        "labels."
    ),
    caption=(
        "**The soft targets of this teacher need fewer rows than its labels.** "
        "Height is the share of new rows that the student answers like the teacher; "
        "from left to right it has learned from more rows. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"labels": LABELS, "mild": MILD, "warm": WARM},
)
def gain():
    ax = panel(STANDARD, left=28, right=28, bottom=42, top=32)
    ax.set(xscale="log", xlim=(2.6, 1000), ylim=(0.5, 1))
    ax.set_xticks(COUNTS, [f"{count:,}" for count in COUNTS])
    ax.set_yticks([0.5, 0.75, 1], ["½", "¾", "1"])
    ax.minorticks_off()
    plain = {"color": INK, "linestyle": "-"}
    lines = (LABELS, plain), (MILD, look(1)), (WARM, look(4))
    for shares, style in lines:
        ax.plot(COUNTS, shares, lw=2, **style)
        for at in zip(COUNTS, shares, strict=True):
            dot(ax, at, style["color"])
    label(ax, "soft targets, T = 4", (100, 1), (0, 13), HOT)
    label(ax, "T = 1", (5, MILD[1]), (8, -6), QUIET, "left")
    label(ax, "labels", (30, LABELS[3]), (8, -8), ha="left")
    few, many = LABELS[2], LABELS[-1]
    label(ax, digits(few), (10, few), (6, -10), ha="left")
    label(ax, digits(many), (1000, many), (0, -14))
    name = "answers like the teacher"
    label(ax, name, (2.6, 1), (-24, 22), QUIET, "left")
    label(ax, "rows", (55, 0.5), (0, -34), QUIET)
    return ax.figure


@figure(
    alt=(
        "From T = 1 to {T[1]} the gradient of the soft loss falls from {plain[0]} to {plain[1]}. "
        "Times T² it rises from {scaled[0]} to {scaled[1]}, toward {limit}."
    ),
    caption=(
        "**At high T the gradient fades like 1/T², so T² brings it back.** "
        "The lower line is the length of the gradient, "
        "the upper line the same times T², which settles at {limit}. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"plain": PLAIN, "scaled": SCALED, "limit": LIMIT, "T": STOPS},
)
def t_squared():
    ax = panel(STANDARD, left=44, right=16)
    ax.set_ylim(0, 1.05)
    temperature_axis(ax, 1, 64)
    ax.set_yticks([0, LIMIT], ["0", digits(LIMIT)])
    ax.axhline(LIMIT, color=QUIET, lw=0.8)
    length = scaled(TEACHER, STUDENT, WAY)
    ax.plot(WAY, length, lw=2, **look(np.inf))
    ax.plot(WAY, length / WAY**2, lw=2, **look(np.inf))
    up, down = SCALED[1], PLAIN[1]
    dot(ax, (8, up), HOT)
    dot(ax, (8, down), HOT)
    both = f"{digits(PLAIN[0])}: both"
    label(ax, both, (1, PLAIN[0]), (12, 0), INK, "left")
    over = f"{digits(up)}: times T²"
    under = f"{digits(down)}: the gradient"
    label(ax, over, (8, up), (4, -16), HOT, "left")
    label(ax, under, (8, down), (4, 15), HOT, "left")
    return ax.figure
