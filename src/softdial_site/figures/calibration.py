"""The figures of the chapter on calibration."""

import numpy as np

import softdial
from softdial import cross_entropy, sample, softmax
from softdial_site.figures.registry import figure
from softdial_site.figures.style import (
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
    sweep,
    temperature_axis,
)


def rows(n, rng):
    """Logits twice as large as those that drew the labels."""
    truth = rng.normal(0, 1.5, (n, 3))
    return 2 * truth, sample(truth, rng=rng)


RNG = np.random.default_rng(0)
FITTED = softdial.fit_temperature(*rows(10_000, RNG))
LOGITS, LABELS = rows(20_000, RNG)
STOPS = [1, FITTED]
CHANCE = np.log(3)
COUNTS = 25 * 4 ** np.arange(5)
POOL, DRAWN = rows(8 * COUNTS[-1], np.random.default_rng(1))


def dots_at(t):
    """Confidence, accuracy and rows of each bin that has some."""
    p = softmax(LOGITS, temperature=t)
    bins = softdial.calibration_curve(p, LABELS, n_bins=10)
    full = bins.count > 0
    return [values[full] for values in bins]


def ece_at(t):
    p = softmax(LOGITS, temperature=t)
    return softdial.expected_calibration_error(p, LABELS)


def loss_at(t):
    return cross_entropy(LOGITS, LABELS, temperature=t).mean()


def mean_ece(count, t):
    """The mean ECE over all parts of the pool with so many rows."""
    p = softmax(POOL, temperature=t).reshape(-1, count, 3)
    parts = zip(p, DRAWN.reshape(-1, count), strict=True)
    ece = softdial.expected_calibration_error
    return np.mean([ece(*part) for part in parts])


ECE = [ece_at(t) for t in STOPS]
LOSS = [loss_at(t) for t in STOPS]
FEW = {t: [mean_ece(count, t) for count in COUNTS] for t in (1, 2)}


@figure(
    alt=(
        "Accuracy against confidence. At T = 1 the dots lie below the diagonal, the last at "
        "confidence {last[0]} and accuracy {last[1]}; at T = {T[1]} they lie on it. "
        "ECE: {ece[0]}, then {ece[1]}."
    ),
    caption=(
        "**One fitted temperature brings the dots to the diagonal.** "
        "Each dot is a bin of answers, larger where it holds more of them: read their mean "
        "confidence below and the share of them that is right at the side. "
        "The dotted lines are the gaps; "
        "the ECE is over 15 bins, the dots over ten. "
        "Computed by [`calibration_curve`](softdial.calibration_curve)."
    ),
    values={"ece": ECE, "T": STOPS, "last": [part[-1] for part in dots_at(1)[:2]]},
)
def reliability():
    ax = panel(SQUARE, left=40, right=16, bottom=46, top=28)
    ax.set(xlim=(0.3, 1), ylim=(0.3, 1))
    ax.plot([0.3, 1], [0.3, 1], color=INK, lw=0.8)
    x, y, _ = dots_at(1)
    ax.vlines(x, y, x, lw=1.6, **look(1))
    for t, color in ((1, QUIET), (FITTED, HOT)):
        for x, y, count in zip(*dots_at(t), strict=True):
            size = 22 * np.sqrt(count / len(LABELS))
            ax.plot(x, y, "o", ms=max(3, size), color=color, mew=0)
    ends = [1 / 3, 0.5, 0.75, 1], ["⅓", "½", "¾", "1"]
    ax.set_xticks(*ends)
    ax.set_yticks(*ends)
    before, after = (f"ECE {digits(ece)}" for ece in ECE)
    after = f"T = {digits(FITTED)}\n{after}"
    label(ax, after, (0.65, 0.65), (-14, 20), HOT, "right")
    before = f"T = 1\n{before}"
    label(ax, before, (0.85, 0.64), (10, -14), QUIET, "left")
    label(ax, "accuracy", (0.3, 1), (-30, 18), QUIET, "left")
    label(ax, "confidence", (0.65, 0.3), (0, -36), QUIET)
    return ax.figure


@figure(
    alt=(
        "Mean loss of new rows against T: {loss[0]} at T = 1, {loss[1]} at the fitted T = {T[1]}, "
        "close to its one minimum, then rising toward log 3 = {chance}, the loss of even "
        "probabilities."
    ),
    caption=(
        "**The loss has one minimum in T.** "
        "Left of it the probabilities are too extreme, right of it too even; "
        "the level gray line is the loss when all three are ⅓. "
        "Computed by [`cross_entropy`](softdial.cross_entropy)."
    ),
    values={"loss": LOSS, "T": STOPS, "chance": CHANCE},
)
def one_minimum():
    ax = panel(STANDARD, left=26, right=16, top=26)
    temperature_axis(ax, 0.5, 32)
    ax.set_ylim(0.55, 1.4)
    ax.set_yticks([])
    ax.axhline(CHANCE, color=QUIET, lw=0.8)
    temperatures = sweep(0.5, 32)
    losses = np.array([loss_at(t) for t in temperatures])
    curve(ax, temperatures, temperatures, losses)
    dot(ax, (1, LOSS[0]), QUIET)
    dot(ax, (FITTED, LOSS[1]), HOT)
    label(ax, "mean loss", (0.5, 1.4), (-16, 14), QUIET, "left")
    label(ax, digits(LOSS[0]), (1, LOSS[0]), (8, 10), QUIET, "left")
    text = f"{digits(LOSS[1])} at the fitted T = {digits(FITTED)}"
    label(ax, text, (FITTED, LOSS[1]), (-4, -16), HOT, "left")
    text = f"log 3 = {digits(CHANCE)}"
    label(ax, text, (32, CHANCE), (0, 10), QUIET, "right")
    return ax.figure


@figure(
    alt=(
        "Mean ECE against rows. Right probabilities, T = 2: {right[0]} on 25 rows, {right[2]} on "
        "400, {right[4]} on 6,400. Over-confident ones, T = 1: {wrong[0]} on 25 rows, {wrong[4]} "
        "on 6,400."
    ),
    caption=(
        "**On few rows even right probabilities have a large ECE.** "
        "At T = 2 the probabilities are those that drew the labels, and with the same bins "
        "more rows bring their mean ECE toward 0; at T = 1 a real gap stays. "
        "Computed by [`expected_calibration_error`](softdial.expected_calibration_error)."
    ),
    values={"right": FEW[2], "wrong": FEW[1]},
)
def few_rows():
    ax = panel(STANDARD, left=14, right=24, bottom=42, top=26)
    ax.set(xscale="log", xlim=(16, 8_000), ylim=(0, 0.26))
    ax.set_xticks(COUNTS, [f"{count:,}" for count in COUNTS])
    ax.set_yticks([])
    ax.minorticks_off()
    for t, side in ((1, 13), (2, -14)):
        color = look(t)["color"]
        ax.plot(COUNTS, FEW[t], lw=2, **look(t))
        dots = list(zip(COUNTS, FEW[t], strict=True))
        for at in dots:
            dot(ax, at, color)
        first, middle, last = (digits(FEW[t][i]) for i in (0, 2, 4))
        label(ax, first, dots[0], (-4, side), color)
        middle = f"T = {t}: {middle}"
        label(ax, middle, dots[2], (-4, 12), color, "left")
        label(ax, last, dots[4], (0, 13), color)
    label(ax, "ECE", (16, 0.26), (-4, 14), QUIET, "left")
    label(ax, "rows", (400, 0), (0, -36), QUIET)
    return ax.figure
