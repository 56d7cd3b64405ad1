"""The figures of the chapter on distillation."""

import numpy as np

from softdial import softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    HOT,
    INK,
    MINUS,
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
LEADER, EVEN = [6] + 9 * [0], 10 * [0]
WAY = np.geomspace(1, 64, 60)


def scaled(teacher, student, temperatures):
    """The length of the soft loss's gradient, times T squared."""
    p = softmax(teacher, temperature=temperatures)
    q = softmax(student, temperature=temperatures)
    return temperatures * np.linalg.norm(q - p, axis=-1)


def limit(teacher, student):
    gaps = np.subtract(student, teacher)
    return np.linalg.norm(gaps - gaps.mean()) / gaps.size


def share(teacher, student, temperatures):
    """The scaled length as a part of its limit."""
    length = scaled(teacher, student, temperatures)
    return length / limit(teacher, student)


STOPS = np.array([1, 8])
SCALED = scaled(TEACHER, STUDENT, STOPS)
PLAIN = SCALED / STOPS**2
LIMIT = limit(TEACHER, STUDENT)
TWO = np.array([2])
ABOVE = share(LEADER, EVEN, TWO)[0]
BELOW = share(TEACHER, STUDENT, TWO)[0]


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


@figure(
    alt=(
        "T² times the gradient over its limit, at T = {T}: {above} for a teacher with one leader "
        "among ten classes, {below} for the logits {z[0]}, {z[1]} and {z[2]}. Both tend to 1."
    ),
    caption=(
        "**The limit is approached from above or from below.** "
        "Each line is T² times the length of a gradient, divided by its own limit: the upper one "
        "for a teacher that prefers one of ten classes by 6 and a student of equal logits, the "
        "lower one for the teacher and the student of this chapter. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"above": ABOVE, "below": BELOW, "T": 2, "z": TEACHER},
)
def approach():
    ax = panel(STANDARD, left=28, right=16)
    ax.set_ylim(0, 2.35)
    temperature_axis(ax, 1, 64)
    ax.set_yticks([0, 1, 2])
    ax.axhline(1, color=QUIET, lw=0.8)
    ax.plot(WAY, share(LEADER, EVEN, WAY), lw=2, **look(np.inf))
    ax.plot(WAY, share(TEACHER, STUDENT, WAY), lw=2, **look(np.inf))
    dot(ax, (2, ABOVE), HOT)
    dot(ax, (2, BELOW), HOT)
    above = f"{digits(ABOVE)}: one leader among ten"
    below = f"{digits(BELOW)}: logits 4, 1, {MINUS}2"
    label(ax, above, (2, ABOVE), (12, 5), HOT, "left")
    label(ax, below, (2, BELOW), (10, -12), HOT, "left")
    name = "T² times the gradient,\nover its own limit"
    label(ax, name, (64, 0.4), (0, 0), QUIET, "right")
    return ax.figure
