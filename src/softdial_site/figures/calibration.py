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
    upright,
)


def rows(n, rng):
    """Logits twice as large as those that drew the labels."""
    truth = rng.normal(0, 1.5, (n, 3))
    return 2 * truth, sample(truth, rng=rng)


RNG = np.random.default_rng(0)
HELD, HELD_LABELS = rows(10_000, RNG)
FITTED = softdial.fit_temperature(HELD, HELD_LABELS)
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
    return cross_entropy(HELD, HELD_LABELS, temperature=t).mean()


def average_at(t):
    """The average logit of a row, averaged over the held-out rows."""
    return (softmax(HELD, temperature=t) * HELD).sum(axis=1).mean()


def mean_ece(count, t):
    """The mean ECE over all parts of the pool with so many rows."""
    p = softmax(POOL, temperature=t).reshape(-1, count, 3)
    parts = zip(p, DRAWN.reshape(-1, count), strict=True)
    ece = softdial.expected_calibration_error
    return np.mean([ece(*part) for part in parts])


ECE = [ece_at(t) for t in STOPS]
AVERAGES = [average_at(t) for t in (1, 32)]
AT_LABEL = HELD[np.arange(len(HELD)), HELD_LABELS].mean()
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
        "Mean loss against T has one minimum, at T = {T}. Below, the average logit falls from "
        "{average[0]} at T = 1 to {average[1]} at T = 32; at T = {T} it crosses the level of the "
        "labels' logits, {label}."
    ),
    caption=(
        "**The loss is least where the average logit meets the labels'.** "
        "Above, the mean loss of the held-out rows; the gray level is the loss when all three "
        "probabilities are ⅓. "
        "Below, their average logit, averaged over the rows: it only falls, so it crosses the "
        "level of the labels' logits at most once. "
        "Computed by [`fit_temperature`](softdial.fit_temperature)."
    ),
    values={"T": FITTED, "average": AVERAGES, "label": AT_LABEL, "chance": CHANCE},
)
def one_minimum():
    ax = panel(3.4, left=34, right=16, top=26, bottom=130)
    below = panel(3.4, left=34, right=16, top=136, fig=ax.figure)
    for part in (ax, below):
        temperature_axis(part, 0.5, 32)
    ax.set(ylim=(0.5, 1.4), xticks=[], yticks=[])
    below.set_ylim(0, 2.7)
    below.set_yticks([0, AT_LABEL], ["0", digits(AT_LABEL)])
    ax.axhline(CHANCE, color=QUIET, lw=0.8)
    below.axhline(AT_LABEL, color=INK, lw=1)
    temperatures = sweep(0.5, 32)
    for part, height_at in ((ax, loss_at), (below, average_at)):
        heights = np.array([height_at(t) for t in temperatures])
        curve(part, temperatures, temperatures, heights)
    least, meet = (FITTED, loss_at(FITTED)), (FITTED, AT_LABEL)
    upright(ax, least, below, meet, HOT)
    dot(ax, least, HOT)
    dot(below, meet, HOT)
    label(ax, "mean loss", (0.5, 1.4), (-16, 14), QUIET, "left")
    text = f"log 3 = {digits(CHANCE)}"
    label(ax, text, (32, CHANCE), (0, 10), QUIET, "right")
    text = f"least at T = {digits(FITTED)}"
    label(ax, text, least, (10, -12), HOT, "left")
    text = "labels' logits, on average"
    label(below, text, (32, AT_LABEL), (0, 11), ha="right")
    at = 8, average_at(8)
    label(below, "average logit", at, (6, 10), HOT, "left")
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
