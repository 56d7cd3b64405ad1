"""Times of calls side by side: only ratios inside one round count on a shared machine."""

from statistics import median
from timeit import timeit

from bench.cases import OURS, Calls

LEAST = 0.02  # seconds of one measurement; shorter calls are repeated, as in a loop


def ratios(calls: Calls, rounds: int) -> dict[str, float]:
    """Return our time by each of the others': the median of the ratios inside each round."""
    repeats = {name: warmed(call) for name, call in calls.items()}
    names, taken = list(calls), []
    for turn in range(rounds):
        order = names[turn % len(names) :] + names[: turn % len(names)]
        taken.append({name: seconds(calls[name], repeats[name]) for name in order})
    return {
        name: median(times[OURS] / times[name] for times in taken) for name in names if name != OURS
    }


def warmed(call) -> int:
    """Call once for the caches and compilers, then return how many calls fill a measurement."""
    call()
    return max(1, round(LEAST / max(seconds(call, 1), 1e-7)))


def seconds(call, repeats: int) -> float:
    """Return the time of one call; no garbage is collected meanwhile."""
    return timeit(call, number=repeats) / repeats
