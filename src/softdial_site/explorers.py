"""Explorers: custom elements around a figure, fed with numbers that the package computed.

``![](play:hero)`` on a page becomes ``<hero-explorer …>`` with the figure as its child, and the
script that brings it to life. Without the script the figure stands as everywhere else.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any, NamedTuple

import numpy as np

import softdial
from softdial_site import places

# In the page, not in its head: instant navigation runs only such scripts. Async: others go on.
ELEMENT = """<{name}-explorer class="explorer" id="explorer"{attributes}>
<p><img alt="" src="fig:{figure}"></p>
</{name}-explorer>
<script type="module" async src="{assets}explorers/{name}.js"></script>"""


class Explorer(NamedTuple):
    """The figure that stands for it, and what computes the attributes of its element."""

    figure: str
    attributes: Callable[[], Mapping[str, Any]]


def hero() -> Mapping[str, Any]:
    pair = np.log([0.25, 0.75])
    right = softdial.softmax(pair, temperature=0.5).max().round(12)
    return {"logits": pair, "given": [0.25, 0.75], "options": [0.8, 0.85, right]}


def curves() -> Mapping[str, Any]:
    temperatures = np.geomspace(1, 16, 20_001)
    middle = softdial.softmax(TRIPLE, temperature=temperatures)[:, 1]
    return {"logits": TRIPLE, "peak": temperatures[middle.argmax()]}


def race() -> Mapping[str, Any]:
    logits = np.log([0.5, 0.2, 0.15, 0.1, 0.05])
    return {"logits": logits, "tokens": "mat pot stone door moon"}


def reliability() -> Mapping[str, Any]:
    """The case of the figure, at each place of the dial and at the fitted temperature."""
    rng = np.random.default_rng(0)
    fitted = softdial.fit_temperature(*over_confident(10_000, rng))
    logits, labels = over_confident(20_000, rng)
    temperatures = [*dial(), fitted]
    shares = [softdial.softmax(logits, temperature=t) for t in temperatures]
    bins = [softdial.calibration_curve(p, labels, n_bins=10) for p in shares]
    losses = [softdial.cross_entropy(logits, labels, temperature=t).mean() for t in temperatures]
    confidence, hits, count = map(np.concatenate, zip(*bins, strict=True))
    confidence[count < 30] = np.nan  # a dot of so few rows is chance
    return {
        "fitted": fitted,
        "loss": np.round(losses, 5),
        "ece": np.round([softdial.expected_calibration_error(p, labels) for p in shares], 5),
        "confidence": confidence.round(4),
        "hits": hits.round(4),
        "count": count,
        "accuracy": (logits.argmax(axis=1) == labels).mean(),
    }


def over_confident(n: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Logits twice as large as those that drew the labels."""
    truth = rng.normal(0, 1.5, (n, 3))
    return 2 * truth, softdial.sample(truth, rng=rng)


def dial() -> list[float]:
    """The temperatures of the dial, place by place: `temperature` in assets/explorers/core.js."""
    last = 60
    return [float(f"{place / (last - place):.3g}") for place in range(last)] + [math.inf]


TRIPLE = [2, 1, -3]
EXPLORERS = {
    "hero": Explorer("index-dial", hero),
    "seesaw": Explorer("odds-equal-steps", lambda: {"logits": [0, softdial.logit(0.75)]}),
    "curves": Explorer("temperature-curves", curves),
    "simplex": Explorer("softmax-simplex", lambda: {"logits": TRIPLE}),
    "order": Explorer(
        "truncation-order",
        lambda: {"logits": [3, 2, 1], "top-k": 2, "top-p": 0.8, "min-p": 0.2},
    ),
    "race": Explorer("sampling-race", race),
    "reliability": Explorer("calibration-reliability", reliability),
    "gradient": Explorer("loss-gradient", lambda: {"logits": [2, 1, 0]}),
}


def place(html: str, assets: str) -> str:
    """The page with the element for each ``![](play:name)``, its figure still to be drawn.

    ``assets`` is the URL of the folder of assets as seen from the page.
    """
    if len(names := places.place("play").findall(html)) > 1:
        raise ValueError(f"explorers {' and '.join(names)}: one on a page")
    makers = {name: partial(element, name, assets) for name in EXPLORERS}
    return places.fill(html, "play", makers)


def element(name: str, assets: str) -> str:
    """The element around its figure, and its script."""
    figure, given = EXPLORERS[name]
    attributes = "".join(f' {key}="{escape(written(value))}"' for key, value in given().items())
    return ELEMENT.format(name=name, attributes=attributes, figure=figure, assets=assets)


def written(value: Any) -> str:
    """A value as an attribute: numbers in full precision, with spaces between."""
    if isinstance(value, str):
        return value
    return " ".join(repr(number) for number in np.ravel(value).tolist())
