"""What is called, read from ``cases.toml``; the pages show it and ``run`` evaluates it."""

import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

# Each library: its name in the lock or the extra, and what its calls import.
MODULES = {
    "softdial": ("softdial", ["softdial"]),
    "NumPy": ("numpy", ["numpy"]),
    "SciPy": ("scipy", ["scipy.special"]),
    "PyTorch": ("torch", ["torch"]),
    "JAX": ("jax", ["jax", "jax.numpy", "jax.scipy.special"]),
    "scikit-learn": (
        "scikit-learn",
        ["sklearn.calibration", "sklearn.frozen", "sklearn.metrics", "sklearn.utils.extmath"],
    ),
    "Transformers": ("transformers", ["transformers"]),
}
# What the extra brings, as imported; Dask is for the recipe.
EXTRA = ["torch", "jax", "sklearn", "transformers", "dask", "distributed"]


def lacking() -> list[str]:
    """The libraries of the extra that are not installed."""
    return [name for name in EXTRA if find_spec(name) is None]


class Task(NamedTuple):
    """One task: an anchor, its name, and the call of each library."""

    anchor: str
    name: str
    calls: dict[str, str]


class Table(NamedTuple):
    """A table of edge cases: columns are calls, rows are inputs."""

    says: str
    calls: dict[str, str]
    inputs: dict[str, dict[str, Any]]


def library(column: str) -> str:
    """The library of a column, whose head is its name, alone or before what is called."""
    return column.partition(":")[0]


CASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
TASKS = [Task(anchor, **task) for anchor, task in CASES["tasks"].items()]
TABLES = {name: Table(**table) for name, table in CASES["tables"].items()}
