"""What is timed: calls by contender on the same input, the first of them ours."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
import scipy.special

import softdial

SHAPES = [(10,), (1000,), (128256,), (64, 128256), (1_000_000, 10), (4096, 1000), (32, 128, 1000)]
DTYPES = ["float32", "float64"]
OURS = "softdial"
Calls = dict[str, Callable[[], Any]]


class Case(NamedTuple):
    """One input of one function, and the most time it may take as a share of the first peer's."""

    function: str
    shape: tuple[int, ...]
    dtype: str
    axis: int = -1
    layout: str = "C"
    temperature: float = 1.0
    goal: float = 1.05

    @property
    def input(self) -> str:
        """The input in one line, but for its type."""
        parts = [" × ".join(f"{n:,}" for n in self.shape)]
        parts += [f"axis {self.axis}" * (self.axis != -1), self.layout * (self.layout != "C")]
        parts += [f"T = {self.temperature}" * (self.temperature != 1)]
        return ", ".join(filter(None, parts))


def single_threads() -> None:
    """Tell what does not read the variables."""
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
    if find_spec("jax"):
        import jax

        jax.config.update("jax_enable_x64", True)


def everything() -> Iterator[Case]:
    """Yield every case, function by function."""
    for function in NORMALIZERS:
        for shape in SHAPES:
            for dtype in DTYPES:
                yield from variants(function, shape, dtype)
    yield Case("softmax", (10,), "float64", layout="list", goal=0.6)
    yield Case("logsumexp", (10,), "float64", layout="list", goal=0.8)
    for function, (_, goals) in SELECTORS.items():
        for shape, goal in goals.items():
            for dtype in DTYPES:
                yield Case(function, shape, dtype, goal=goal)


def variants(function: str, shape: tuple[int, ...], dtype: str) -> Iterator[Case]:
    """Yield one shape along each axis: plain, in other layouts, at another temperature."""
    for axis in (-1, *range(len(shape) - 1)):
        for layout in ("C", "Fortran", "strided") if len(shape) > 1 else ("C", "strided"):
            yield Case(
                function, shape, dtype, axis, layout, 1.0, goal(function, shape, axis, layout)
            )
        if function == "softmax":
            yield Case(function, shape, dtype, axis, "C", 0.7, goal(function, shape, axis, "C"))


def goal(function: str, shape: tuple[int, ...], axis: int, layout: str) -> float:
    """Return the ratio to SciPy that a case should stay below."""
    last = axis == -1
    if function == "logsumexp":
        return 0.8
    if function == "log_softmax":
        return 1.05 if last and layout == "C" else 1.3
    if shape == (10,):
        return 0.6
    return 0.45 if shape == (1_000_000, 10) and last and layout == "C" else 1.05


def logits(case: Case) -> Any:
    """Return the scores of a case: normal, with the spread of 4 that logits of a model have."""
    rng = np.random.default_rng(0)
    spread = 0.1 if case.function.endswith("flat") else 4
    if case.layout == "list":
        return (rng.standard_normal(case.shape) * spread).tolist()
    if case.layout == "strided":  # every other entry of the last axis
        double = (*case.shape[:-1], 2 * case.shape[-1])
        return (rng.standard_normal(double, np.float32) * spread).astype(case.dtype)[..., ::2]
    x = (rng.standard_normal(case.shape, np.float32) * spread).astype(case.dtype)
    return np.asfortranarray(x) if case.layout == "Fortran" else x


def calls(case: Case) -> Calls:
    """Return what is timed side by side: ours, the peers that are installed, the limits."""
    x = logits(case)
    if case.function in NORMALIZERS:
        found = normalizers(case, x)
    else:
        beside, _ = SELECTORS[case.function]
        found = beside(x)
    if case.layout != "list":
        out = np.empty_like(x)
        below = x - x.max()  # so that exp is finite
        found |= {"copy": lambda: np.copyto(out, x), "exp": lambda: np.exp(below, out=out)}
    return found


NORMALIZERS = ["softmax", "log_softmax", "logsumexp"]


def normalizers(case: Case, x: Any) -> Calls:
    """Return the calls of one function along an axis; peers without a temperature divide first."""
    t, axis, name = case.temperature, case.axis, case.function
    ours, theirs = getattr(softdial, name), getattr(scipy.special, name)
    heat = {} if t == 1 else {"temperature": t}
    found = {
        OURS: lambda: ours(x, axis=axis, **heat),
        "SciPy": lambda: theirs(x if t == 1 else x / t, axis=axis),
    }
    if case.layout == "list":
        return found
    if find_spec("torch"):
        import torch

        tensor, call = torch.from_numpy(x), getattr(torch, name)
        found["PyTorch"] = lambda: call(tensor if t == 1 else tensor / t, dim=axis)
    if find_spec("jax"):
        import jax

        jitted = jax.jit(lambda a: getattr(jax.nn, name)(a if t == 1 else a / t, axis=axis))
        device = jax.device_put(x)
        found["JAX"] = lambda: jitted(device).block_until_ready()
    return found


def by_cumsum(x: Any) -> Calls:
    """One draw for each row, by inverting the running sum of its probabilities."""
    rng = np.random.default_rng(1)

    def plain() -> Any:
        p = scipy.special.softmax(x, axis=-1)
        steps = np.cumsum(p, axis=-1, dtype=np.float64)
        u = rng.random(len(x)) * steps[:, -1]
        return [np.searchsorted(row, at) for row, at in zip(steps, u, strict=True)]

    return {OURS: lambda: softdial.sample(x, rng=rng), "cumsum": plain}


def by_choice(x: Any) -> Calls:
    """Ten thousand draws of one row."""
    rng, n = np.random.default_rng(1), 10_000

    def plain() -> Any:
        p = scipy.special.softmax(x.astype(np.float64))
        return rng.choice(len(x), n, p=p)

    return {OURS: lambda: softdial.sample(x, size=n, rng=rng), "choice": plain}


def by_argsort(x: Any) -> Calls:
    """The nucleus of 0.9, by sorting all."""

    def plain() -> Any:
        order = np.argsort(-x, axis=-1)
        p = np.take_along_axis(scipy.special.softmax(x, axis=-1), order, axis=-1)
        before = np.cumsum(p, axis=-1) - p
        kept = np.empty(x.shape, bool)
        np.put_along_axis(kept, order, before < 0.9, axis=-1)
        return np.where(kept, x, -np.inf)

    sort = {"argsort": lambda: np.argsort(x, axis=-1), "by argsort": plain}
    return {OURS: lambda: softdial.top_p(x, 0.9)} | sort


def by_sort(x: Any) -> Calls:
    """The 50 largest, by sorting all."""
    return {OURS: lambda: softdial.top_k(x, 50), "sort": lambda: np.sort(x, axis=-1)}


VOCABULARY = (64, 128256)
# what is called, and for each shape the goal
SELECTORS: dict[str, tuple[Callable[[Any], Calls], dict[tuple[int, ...], float]]] = {
    "sample, one draw a row": (by_cumsum, {VOCABULARY: 0.5}),
    "sample, many draws": (by_choice, {(10,): 1.05, (1000,): 1.05, (128256,): 1.05}),
    "top_p, peaked": (by_argsort, {(128256,): 0.1, VOCABULARY: 0.1}),
    "top_p, flat": (by_argsort, {(128256,): 0.5, VOCABULARY: 0.5}),
    "top_k": (by_sort, {(128256,): 0.5, VOCABULARY: 0.5}),
}
