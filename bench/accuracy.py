"""The error of float32 sums along a long first axis, beside the last."""

import numpy as np

from softdial.normalize import total

SHAPES = [(128256, 64), (1_000_000, 10), (4096, 1000)]


def sums() -> list[dict[str, object]]:
    """Return the largest relative error of each way to add, in units of 2**-24."""
    found = []
    for shape in SHAPES:
        x = np.random.default_rng(0).random(shape, np.float32)
        exact, last = x.sum(axis=0, dtype=np.float64), np.ascontiguousarray(x.T)
        ways = {
            "softdial": total(x, 0)[0],
            "NumPy": x.sum(axis=0),
            "NumPy, last axis": last.sum(axis=-1),
        }
        errors = {
            way: float(f"{np.abs(got / exact - 1).max() * 2**24:.3g}") for way, got in ways.items()
        }
        found.append({"shape": " × ".join(f"{n:,}" for n in shape)} | errors)
    return found
