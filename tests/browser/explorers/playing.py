"""What a reader does with an explorer, and what the reader then sees."""

import math

import numpy as np
import pytest

from softdial_site.explorers import EXPLORERS

PHONE = {"viewport": {"width": 360, "height": 800}}
DESK = {"viewport": {"width": 1280, "height": 900}}
PAUSE = 600  # milliseconds after which the message stands and the address is written
PAIR, TRIPLE, GAP = np.log([0.25, 0.75]), np.array([2.0, 1.0, -3.0]), math.log(3)
SCRIPT = "document.querySelector('article script[type=module]').src"
CORE = f"import({SCRIPT}.replace(/[^/]+$/, 'core.js'))"
names = pytest.mark.parametrize("name", EXPLORERS)


def turn(page, stop):
    page.locator(".play-stops").get_by_label(f"T = {stop}", exact=True).click()


def message(page):
    """The live message, as it stands once the hand rests."""
    page.evaluate("document.querySelector('.explorer').settle()")
    return page.locator(".play [role=status]").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def rows(page):
    """The body of the table, cell by cell."""
    lines = page.locator(".play-table tbody tr").all_inner_texts()
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def state(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def in_core(page, code, given=None):
    return page.evaluate(f"(given) => {CORE}.then((core) => {code})", given)


def mulberry32_counts(p, times, seed):
    """Count draws by the generator mulberry32 and the inverse of the running sum."""
    steps, counts, whole = np.cumsum(p), [0] * len(p), 0xFFFFFFFF
    for _ in range(times):
        seed = (seed + 0x6D2B79F5) & whole
        t = (seed ^ (seed >> 15)) * (1 | seed) & whole
        t ^= (t + ((t ^ (t >> 7)) * (61 | t) & whole)) & whole
        u = (t ^ (t >> 14)) / 2**32 * steps[-1]
        counts[int(np.searchsorted(steps, u, side="right"))] += 1
    return counts
