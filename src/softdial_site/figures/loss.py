"""The figures of the chapter on the loss."""

import numpy as np

from softdial import (
    cross_entropy,
    entropy,
    kl_divergence,
    sigmoid,
    softmax,
    softmax_jacobian,
)
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
    INK,
    QUIET,
    STANDARD,
    digits,
    dot,
    label,
    look,
    panel,
    short,
)

LOGITS = [2, 1, 0]
RIGHT = [0, 1, 0]
STOPS = np.array([0.5, 1, 2])
CHANCES = softmax(LOGITS, temperature=STOPS)
PUSHES = (RIGHT - CHANCES) / STOPS[:, None]
TRUTH = [0.25, 0.75]
GUESSES = np.array([[0.75, 0.25], [0.5, 0.5]])
EXTRA = kl_divergence(TRUTH, GUESSES)
SLOPES = softmax_jacobian(LOGITS)
CLASSES = 10
START = np.log(CLASSES)
FLOOR = cross_entropy(np.eye(CLASSES)[0], 0)


def paid(high):
    """The cross-entropy of the truth for a prediction (1 - q, q)."""
    guess = np.stack([1 - high, high], axis=-1)
    return cross_entropy(np.log(guess), [TRUTH] * len(guess))


def losses(gaps):
    """Loss of class 0, with a softmax once and twice."""
    logits = np.zeros((len(gaps), CLASSES))
    logits[:, 0] = gaps
    labels = np.zeros(len(gaps), int)
    once = cross_entropy(logits, labels)
    return once, cross_entropy(softmax(logits), labels)


@figure(
    alt=(
        "Pushes on the logits 2, 1 and 0, label in the middle. "
        "T = {T[0]}: {f[0][0]}, {f[0][1]}, {f[0][2]}. T = 1: {f[1][0]}, {f[1][1]}, {f[1][2]}. "
        "T = 2: {f[2][0]}, {f[2][1]}, {f[2][2]}. Each sums to 0."
    ),
    caption=(
        "**The label's logit is pushed up, the others down, and the pushes cancel.** "
        "Each arrow is the push (y − p)/T on the logit z below it; "
        "y is 1 for the label and 0 for the others, "
        "whose arrows hang from its tip, one below the other, down to the line. "
        "Computed by [`softmax`](softdial.softmax)."
    ),
    values={"f": PUSHES, "T": STOPS, "z": LOGITS},
)
def gradient():
    ax = panel(STANDARD, left=20, right=4, bottom=56, top=18)
    ax.set(xlim=(-0.5, 2.5), ylim=(0, PUSHES.max()))
    ax.axis("off")
    for group, stop in enumerate(STOPS):
        style = look(stop)
        foot = group - 0.43, group + 0.43
        level = PUSHES[group, 1]
        for height in (0, level):
            ax.plot(foot, (height, height), color=QUIET, lw=0.8)
        vector(ax, group, 0, level, style)
        label(ax, digits(level), (group, level), (0, 9))
        for z, push in zip(LOGITS, PUSHES[group], strict=True):
            at = group + 0.28 * (1 - z)
            label(ax, str(z), (at, 0), (0, -29), QUIET)
            if push < 0:
                vector(ax, at, level, push, style)
                label(ax, digits(push), (at, 0), (0, -12))
                level += push
        text = f"T = {short(stop)}"
        label(ax, text, (group, 0), (0, -47), style["color"])
    label(ax, "z", (-0.5, 0), (-8, -29), QUIET)
    return ax.figure


def vector(ax, at, start, push, style):
    """An upright arrow, with a head no longer than itself."""
    head = np.clip(push, -0.12, 0.12)
    end, wide = start + push, abs(head) / 2.5
    neck = end - head
    shaft = {"lw": 2.2, "solid_capstyle": "butt", **style}
    ax.plot((at, at), (start, neck), **shaft)
    corners = at - wide, at, at + wide
    ax.fill(corners, (neck, end, neck), color=style["color"])


@figure(
    alt=(
        "Cross-entropy against q, the prediction for a class of true probability {p[1]}. "
        "It is lowest at q = {p[1]}, where it is the entropy, {H}; "
        "it is {extra[1]} higher at q = {q[1][1]} and {extra[0]} higher at q = {q[0][1]}."
    ),
    caption=(
        "**Cross-entropy is lowest where q equals p, and there it is the entropy.** "
        "The prediction q runs from left to right, and the truth is {p[1]}; "
        "the height of the curve above the level line is the KL divergence. "
        "Computed by [`cross_entropy`](softdial.cross_entropy)."
    ),
    values={"p": TRUTH, "q": GUESSES, "extra": EXTRA, "H": entropy(TRUTH)},
)
def kl():
    ax = panel(STANDARD, left=44, right=60, bottom=42, top=10)
    least = entropy(TRUTH)
    ax.set(xlim=(0.1, 1), ylim=(0, 1.4))
    q = sigmoid(np.linspace(-1.62, 5.4, 90))
    ax.plot(q, paid(q), color=INK, lw=2)
    ax.axhline(least, color=QUIET, lw=0.8)
    for (_, high), extra in zip(GUESSES, EXTRA, strict=True):
        ax.plot((high, high), (least, least + extra), color=INK, lw=1.2)
        dot(ax, (high, least + extra), INK)
        text = f"KL = {digits(extra)}"
        label(ax, text, (high, least + extra), (9, 9), ha="left")
    dot(ax, (TRUTH[1], least), INK)
    label(ax, "q = p", (TRUTH[1], least), (0, -14))
    label(ax, "cross-entropy", (0.98, 1.1), (-8, 0), ha="right")
    label(ax, "entropy", (1, least), (6, 0), QUIET, "left")
    ax.set_xticks([0.25, 0.5, 0.75], ["0.25", "0.5", "0.75"])
    ax.set_yticks([0, least], ["0", digits(least)])
    text = "prediction q for the second class"
    label(ax, text, (0.55, 0), (0, -32), QUIET)
    return ax.figure


@figure(
    alt=(
        "Jacobian of the logits 2, 1 and 0. Rows: {J[0][0]}, {J[0][1]}, {J[0][2]}; "
        "{J[1][0]}, {J[1][1]}, {J[1][2]}; {J[2][0]}, {J[2][1]}, {J[2][2]}. "
        "Each row and column sums to 0."
    ),
    caption=(
        "**What one probability gains, the others lose.** "
        "A column raises one logit, a row is one probability; "
        "full squares are gains, empty ones losses, and the area is the slope. "
        "Computed by [`softmax_jacobian`](softdial.softmax_jacobian)."
    ),
    values={"J": SLOPES, "z": LOGITS, "p": CHANCES[1]},
)
def jacobian():
    ax = panel(STANDARD, left=66, right=40, bottom=26, top=26)
    ax.set(xlim=(-0.5, 2.5), ylim=(2.5, -0.5))
    ax.axis("off")
    for place, z in enumerate(LOGITS):
        name = f"p = {digits(CHANCES[1, place])}"
        label(ax, f"logit {z}", (place, -0.5), (0, 14), QUIET)
        label(ax, name, (-0.5, place), (8, 0), QUIET, "right")
        label(ax, "0", (place, 2.5), (20, -12), QUIET, "left")
    ax.plot((-0.5, 2.6), (2.5, 2.5), color=QUIET, lw=0.8)
    label(ax, "sum", (-0.5, 2.5), (8, -12), QUIET, "right")
    for (row, column), slope in np.ndenumerate(SLOPES):
        fill = INK if slope > 0 else "none"
        side = 56 * np.sqrt(abs(slope))
        shape = {"ms": side, "mfc": fill, "mec": INK, "mew": 1.2}
        ax.plot(column, row, "s", **shape)
        label(ax, digits(slope), (column, row), (20, 0), ha="left")
    return ax.figure


@figure(
    alt=(
        "Loss of ten classes against the lead of the label's logit. Both curves start at {start}. "
        "With one softmax the loss falls toward 0, with two toward {floor}."
    ),
    caption=(
        "**With a second softmax the loss stops at a floor.** "
        "From left to right the label's logit leads the other nine by more; "
        "the solid curve is the loss of the logits, the dashed one the loss when their "
        "probabilities are passed as logits. "
        "Computed by [`cross_entropy`](softdial.cross_entropy)."
    ),
    values={"start": START, "floor": FLOOR, "n": CLASSES},
)
def floor():
    ax = panel(STANDARD, left=44, right=12, bottom=42, top=10)
    gaps = np.linspace(0, 12, 121)
    once, twice = losses(gaps)
    ax.set(xlim=(0, 12), ylim=(0, 2.4))
    ax.axhline(FLOOR, color=QUIET, lw=0.8)
    ax.plot(gaps, twice, color=INK, lw=2, ls="--")
    ax.plot(gaps, once, color=INK, lw=2)
    label(ax, "softmax twice", (8, FLOOR), (0, 12))
    label(ax, "softmax once", (5, once[50]), (10, 12), ha="left")
    ax.set_xticks([0, 4, 8, 12])
    ticks = [0, FLOOR, START]
    ax.set_yticks(ticks, [digits(tick) for tick in ticks])
    label(ax, "loss", (12, 2.3), (0, 0), QUIET, "right")
    label(ax, "lead of the label's logit", (6, 0), (0, -32), QUIET)
    return ax.figure
