"""Palette and drawing helpers of all figures.

Readers see these functions below each figure that uses them, so they stand on Matplotlib alone.
"""

import math

import numpy as np
from matplotlib.figure import Figure

INK, QUIET, COLD, HOT = "#1F2328", "#6B7078", "#1F6FB2", "#B85000"
STRIP, STANDARD, SQUARE = 1.2, 2.6, 4.0
TIMES, MINUS = "\N{MULTIPLICATION SIGN}", "\N{MINUS SIGN}"
WRITTEN = {0.25: "¼", 0.5: "½", np.inf: "∞"}


def panel(height, left=10, right=10, bottom=32, top=10, fig=None):
    """One axes on a canvas, 5 inches wide; margins in points."""
    fig = fig or Figure(figsize=(5, height))
    width, height = 360, 72 * height
    across, up = 1 - (left + right) / width, 1 - (bottom + top) / height
    box = left / width, bottom / height, across, up
    ax = fig.add_axes(box, facecolor="none")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["bottom", "left"]].set_color(QUIET)
    ax.tick_params(length=0, pad=6, labelcolor=INK)
    return ax


def temperature_axis(ax, first, last):
    """T on a log2 scale, with a quiet line at T = 1."""
    powers = 2.0 ** np.arange(-3, 7)
    ticks = powers[(powers >= first) & (powers <= last)]
    ax.set(xscale="log", xlim=(first, last))
    names = [short(tick) for tick in ticks]
    ax.set_xticks(ticks, [f"T = {names[0]}", *names[1:]])
    ax.tick_params(axis="x", pad=10)
    ax.minorticks_off()
    ax.axvline(1, lw=1, **look(1))


def sweep(first, last):
    """Temperatures for a smooth curve, T = 1 among them."""
    cold = np.geomspace(first, 1, 30)
    return np.append(cold, np.geomspace(1, last, 40)[1:])


def curve(ax, temperatures, x, y, width=2):
    """One line along T: cold up to T = 1, hot from there on."""
    cold, hot = temperatures <= 1, temperatures >= 1
    ax.plot(x[cold], y[cold], lw=width, **look(0))
    ax.plot(x[hot], y[hot], lw=width, **look(np.inf))


def dot(ax, at, color):
    """A dot at a point of the axes."""
    ax.plot(*at, "o", ms=6.5, color=color)


def arrow(ax, start, end, bend=0.0):
    """A quiet arrow between two points of the axes."""
    bow = f"arc3,rad={bend}"
    shape = {"arrowstyle": "->", "color": QUIET, "connectionstyle": bow}
    ax.annotate("", end, start, arrowprops=shape, annotation_clip=False)


def upright(ax, at, below, under, color):
    """A thin line between points of two axes that share their T."""
    line = {"arrowstyle": "-", "color": color, "lw": 0.8}
    join = {"textcoords": below.transData, "arrowprops": line}
    ax.annotate("", at, under, **join)


def label(ax, text, at, shift=(0, 0), color=INK, ha="center"):
    """Text at a point of the axes, shifted by points."""
    look = {"color": color, "ha": ha, "va": "center"}
    place = {"textcoords": "offset points", "annotation_clip": False}
    ax.annotate(text, at, shift, **place, **look)


def look(temperature):
    """Cold: blue, solid. T = 1: gray, dotted. Hot: orange, dashed."""
    if temperature == 1:
        return {"color": QUIET, "linestyle": ":"}
    if temperature < 1:
        return {"color": COLD, "linestyle": "-"}
    return {"color": HOT, "linestyle": "--"}


def short(x):
    """A number as an axis shows it: ½ for a half."""
    return WRITTEN.get(x, digits(x))


def digits(x):
    """Three significant digits, or fewer where those are exact."""
    text = f"{x:.3g}"
    if not math.isclose(float(text), x, rel_tol=1e-9):
        text = f"{x:#.3g}".rstrip(".")
    return text.replace("-", MINUS).replace("inf", "∞")
