"""Calls the libraries, and says in a few characters what each call gave."""

import math
import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from platform import python_version
from typing import Any

import numpy as np

import softdial
from softdial_site.crosswalk import TABLES, TASKS, Table, Task, library

# Each library: its name in the lock or the extra, and what its calls import besides.
MODULES = {
    "softdial": ("softdial", ""),
    "NumPy": ("numpy", ""),
    "SciPy": ("scipy", "import scipy.special"),
    "PyTorch": ("torch", "import torch"),
    "JAX": ("jax", "import jax, jax.scipy.special, jax.numpy as jnp"),
    "scikit-learn": (
        "scikit-learn",
        "import sklearn.calibration, sklearn.frozen, sklearn.metrics, sklearn.utils.extmath",
    ),
    "Transformers": ("transformers", "import torch, transformers"),
}
ROWS_ONLY = {"scikit-learn", "Transformers"}  # they take a batch: one row goes in as a batch of one

LOGITS = np.array([2.0, 1.0, -1.0])
BATCH = np.array([[2.0, 1.0, -1.0], [0.5, 3.0, 0.0], [1.0, 0.0, 2.5], [0.0, 1.0, 0.5]])
LABELS = np.array([0, 1, 2, 0])
DRAWS = 20_000


def everything() -> dict[str, Any]:
    """Run every case: what is kept in the repository."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "versions": versions(),
        "cells": {name: cells(table) for name, table in TABLES.items()},
    }


def versions() -> dict[str, str]:
    """The versions at work, without what a build adds to them."""
    found = {name: version(package) for name, (package, _) in MODULES.items()}
    plain = {name: text.partition("+")[0] for name, text in found.items()}
    return {"Python": python_version()} | plain


def cells(table: Table) -> dict[str, dict[str, str]]:
    """What each call of a table gives, row by row."""
    return {
        label: {column: cell(column, call, given) for column, call in table.calls.items()}
        for label, given in table.inputs.items()
    }


def cell(column: str, call: str, given: dict[str, Any]) -> str:
    """What one call gives: numbers or the name of an exception, and whether it warned."""
    given = dict(given)
    function = given.pop("{}", "")
    given = {key: made(value) for key, value in given.items()}
    ready = scope(library(column), call.format(function) if function else call, given)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            value = ready()
            text = axis_of(value, function, given["x"].shape) if function else told(value, column)
        except Exception as error:
            return "none" if function and isinstance(error, AttributeError) else public_name(error)
    return f"{text}, warns" if heard else text


def made(value: Any) -> Any:
    """An argument as it is meant: text is Python, a list makes an array."""
    if isinstance(value, str):
        return eval(value, {"np": np})
    return np.array(value) if isinstance(value, list) else value


def scope(name: str, call: str, given: dict[str, Any]) -> Callable[[], Any]:
    """The call, ready to be made with its arguments in the library's own arrays."""
    names: dict[str, Any] = {"math": math, "np": np, "softdial": softdial}
    exec(MODULES[name][1], names)
    batch_of_one = name in ROWS_ONLY and "x" in given and np.ndim(given["x"]) == 1
    batch_of_one = batch_of_one and bool(re.search(r"\bx\b", call))
    if batch_of_one:
        given = given | {"x": one_row(given["x"])}
    names |= {key: converted(value, names) for key, value in given.items()}
    code = compile(call, call, "eval")
    return lambda: eval(code, names)[0] if batch_of_one else eval(code, names)


def one_row(value: Any) -> Any:
    return [value] if isinstance(value, list) else value[None]


def converted(value: Any, names: dict[str, Any]) -> Any:
    """An array in the library's own kind; numbers and lists stay what they are."""
    if not isinstance(value, np.ndarray):
        return value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # JAX says that it keeps 32 of 64 bits
        if "jnp" in names:
            return names["jnp"].asarray(value)
        return names["torch"].tensor(value) if "torch" in names else value


def told(value: Any, column: str = "") -> str:
    """A value in three digits, with its type where that is not the library's usual one."""
    array = np.asarray(value)
    usual = np.float32 if library(column) == "JAX" else np.float64
    kind = "" if array.dtype in (usual, np.int64, np.int32) else f"{array.dtype} "
    if not array.size:
        shape = " × ".join(map(str, array.shape))
        return f"{kind}empty" + (f" {shape}" if array.ndim > 1 else "")
    return kind + listed(array.tolist())


def listed(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(listed, value))}]"
    digits = 5 if 1e3 <= abs(value) < 1e5 else 3
    return f"{value + 0:.{digits}g}"  # + 0: no sign on zero


def axis_of(value: Any, function: str, shape: tuple[int, ...]) -> str:
    """The axis along which a function of zeros was taken: it shares 1 among so many."""
    first = float(np.asarray(value).flat[0])
    many = round(1 / first if function == "softmax" else math.exp(abs(first)))
    axes = {math.prod(shape): "all entries", shape[0]: "first", shape[-1]: "last"}
    return axes[many]


def public_name(error: Exception) -> str:
    """The name of an exception, or of the first of its bases that is not private."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next(name for name in names if not name.startswith("_"))


# --- names: the same numbers from every library -------------------------------------------------


def disagreements() -> list[str]:
    """The calls that do not give what softdial gives."""
    return [
        f"{task.name}, {name}: {call}"
        for task in TASKS
        for name, call in task.calls.items()
        if not agrees(task, name, call)
    ]


def agrees(task: Task, name: str, call: str) -> bool:
    """Whether a call gives softdial's numbers, up to float32 or the error of its draws."""
    given = {"x": LOGITS, "z": BATCH, "y": LABELS, "T": 0.5, "n": DRAWS}
    given |= special(task.anchor)
    if name == "PyTorch":
        import torch

        torch.manual_seed(0)
    value = scope(name, call, given)()
    if task.anchor == "fit-temperature" and name == "scikit-learn":
        value = 1 / value.calibrated_classifiers_[0].calibrators[0].beta_
    value = np.atleast_1d(np.asarray(value, dtype=float))
    if task.anchor == "sample":
        p = softdial.softmax(LOGITS)
        frequencies = np.bincount(value.astype(int), minlength=p.size) / DRAWS
        return bool((np.abs(frequencies - p) < 4 * np.sqrt(p * (1 - p) / DRAWS)).all())
    wanted = np.atleast_1d(scope("softdial", task.calls["softdial"], given)())
    # scikit-learn leaves out the bins without rows, where softdial has nan
    value, wanted = value[~np.isnan(value)], wanted[~np.isnan(wanted)]
    return value.shape == wanted.shape and np.allclose(value, wanted, rtol=2e-4, atol=1e-5)


def special(anchor: str) -> dict[str, Any]:
    """The inputs that a task has of its own."""
    rng = np.random.default_rng(0)
    if anchor == "log-loss":
        return {"p": softdial.softmax(BATCH)}
    if anchor == "fit-temperature":
        from sklearn.linear_model import LogisticRegression

        features, labels = rng.normal(size=(200, 3)), rng.integers(3, size=200)
        features[np.arange(200), labels] += 2
        model = LogisticRegression(C=0.01)
        scores = model.fit(features, labels).decision_function(features)
        return {"z": scores, "X": features, "y": labels, "model": model}
    if anchor == "calibration-curve":
        sure = rng.uniform(0.5, 1, 200)
        hits = (rng.random(200) < sure).astype(int)
        return {"p": np.stack([1 - sure, sure], axis=1), "y": hits}
    return {}
