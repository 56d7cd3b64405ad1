"""What is called, as text that the pages show and ``run`` evaluates."""

from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

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

INF, NAN = np.inf, np.nan


def lacking() -> list[str]:
    """The libraries of the extra that are not installed."""
    return [name for name in EXTRA if find_spec(name) is None]


# --- names: one task, one call for each library -------------------------------------------------


class Task(NamedTuple):
    """One task: an anchor, its name, and the call of each library."""

    anchor: str
    name: str
    calls: dict[str, str]


# In the calls x is one row of logits, z a batch of rows, y its labels, p probabilities, T = 0.5.
LOGITS = np.array([2.0, 1.0, -1.0])
BATCH = np.array([[2.0, 1.0, -1.0], [0.5, 3.0, 0.0], [1.0, 0.0, 2.5], [0.0, 1.0, 0.5]])
LABELS = np.array([0, 1, 2, 0])
DRAWS = 20_000

TASKS = [
    Task(
        "softmax",
        "softmax",
        {
            "softdial": "softdial.softmax(x)",
            "NumPy": "np.exp(x - x.max()) / np.exp(x - x.max()).sum()",
            "SciPy": "scipy.special.softmax(x, axis=-1)",
            "PyTorch": "torch.softmax(x, dim=-1)",
            "JAX": "jax.nn.softmax(x)",
            "scikit-learn": "sklearn.utils.extmath.softmax(x)",
        },
    ),
    Task(
        "log-softmax",
        "log_softmax",
        {
            "softdial": "softdial.log_softmax(x)",
            "NumPy": "x - np.logaddexp.reduce(x)",
            "SciPy": "scipy.special.log_softmax(x, axis=-1)",
            "PyTorch": "torch.log_softmax(x, dim=-1)",
            "JAX": "jax.nn.log_softmax(x)",
        },
    ),
    Task(
        "logsumexp",
        "logsumexp",
        {
            "softdial": "softdial.logsumexp(x)",
            "NumPy": "np.logaddexp.reduce(x)",
            "SciPy": "scipy.special.logsumexp(x, axis=-1)",
            "PyTorch": "torch.logsumexp(x, dim=-1)",
            "JAX": "jax.nn.logsumexp(x, axis=-1)",
        },
    ),
    Task(
        "sigmoid",
        "sigmoid and logit",
        {
            "softdial": "softdial.logit(softdial.sigmoid(x))",
            "SciPy": "scipy.special.logit(scipy.special.expit(x))",
            "PyTorch": "torch.logit(torch.sigmoid(x))",
            "JAX": "jax.scipy.special.logit(jax.nn.sigmoid(x))",
        },
    ),
    Task(
        "cross-entropy",
        "cross-entropy from logits, one loss for each row",
        {
            "softdial": "softdial.cross_entropy(z, y)",
            "SciPy": "-scipy.special.log_softmax(z, axis=-1)[range(len(y)), y]",
            "PyTorch": 'torch.nn.functional.cross_entropy(z, y, reduction="none")',
            "JAX": "-jax.nn.log_softmax(z)[jnp.arange(len(y)), y]",
        },
    ),
    Task(
        "log-loss",
        "cross-entropy from probabilities, the mean",
        {
            "softdial": "softdial.cross_entropy(np.log(p), y).mean()",
            "PyTorch": "torch.nn.functional.nll_loss(p.log(), y)",
            "scikit-learn": "sklearn.metrics.log_loss(y, p)",
        },
    ),
    Task(
        "temperature",
        "softmax at temperature T",
        {
            "softdial": "softdial.softmax(x, temperature=T)",
            "SciPy": "scipy.special.softmax(x / T, axis=-1)",
            "PyTorch": "torch.softmax(x / T, dim=-1)",
            "JAX": "jax.nn.softmax(x / T)",
            "scikit-learn": "sklearn.utils.extmath.softmax(x / T)",
            "Transformers": "transformers.TemperatureLogitsWarper(T)(None, x).softmax(-1)",
        },
    ),
    Task(
        "top-k",
        "top-k, here k = 2",
        {
            "softdial": "softdial.top_k(x, 2)",
            "NumPy": "np.where(x >= np.sort(x)[-2], x, -np.inf)",
            "PyTorch": "x.where(x >= x.topk(2).values[..., -1:], -torch.inf)",
            "JAX": "jnp.where(x >= jax.lax.top_k(x, 2)[0][..., -1:], x, -jnp.inf)",
            "Transformers": "transformers.TopKLogitsWarper(2)(None, x)",
        },
    ),
    Task(
        "top-p",
        "top-p, here p = 0.9",
        {
            "softdial": "softdial.top_p(x, 0.9)",
            "Transformers": "transformers.TopPLogitsWarper(0.9)(None, x)",
        },
    ),
    Task(
        "min-p",
        "min-p, here p = 0.1",
        {
            "softdial": "softdial.min_p(x, 0.1)",
            "NumPy": "np.where(x >= x.max() + np.log(0.1), x, -np.inf)",
            "PyTorch": "x.where(x >= x.amax(-1, True) + math.log(0.1), -torch.inf)",
            "JAX": "jnp.where(x >= x.max(-1, keepdims=True) + jnp.log(0.1), x, -jnp.inf)",
            "Transformers": "transformers.MinPLogitsWarper(0.1)(None, x)",
        },
    ),
    Task(
        "sample",
        "draw n classes",
        {
            "softdial": "softdial.sample(x, size=n, rng=0)",
            "NumPy": "np.random.default_rng(0).choice(len(x), n, p=softdial.softmax(x))",
            "PyTorch": "torch.distributions.Categorical(logits=x).sample((n,))",
            "JAX": "jax.random.categorical(jax.random.key(0), x, shape=(n,))",
        },
    ),
    Task(
        "fit-temperature",
        "fit a temperature",
        {
            "softdial": "softdial.fit_temperature(z, y)",
            "scikit-learn": (
                "sklearn.calibration.CalibratedClassifierCV("
                'sklearn.frozen.FrozenEstimator(model), method="temperature").fit(X, y)'
            ),
        },
    ),
    Task(
        "calibration-curve",
        "calibration curve, two classes, the second always the likelier",
        {
            "softdial": "softdial.calibration_curve(p, y, n_bins=5).accuracy",
            "scikit-learn": "sklearn.calibration.calibration_curve(y, p[:, 1], n_bins=5)[0]",
        },
    ),
]


# --- edge cases: one table, one call for each column --------------------------------------------


class Table(NamedTuple):
    """A table of edge cases: columns are calls, rows are inputs."""

    says: str
    calls: dict[str, str]
    inputs: dict[str, dict[str, Any]]


def library(column: str) -> str:
    """The library of a column, whose head is its name, alone or before what is called."""
    return column.partition(":")[0]


def row(*values: float, dtype: Any = float) -> dict[str, Any]:
    return {"x": np.array(values, dtype)}


def at(temperature: Any, *logits: float) -> dict[str, Any]:
    return {"x": np.array(logits or (2, 1), float), "T": temperature}


def loss(logits: list[float], label: Any) -> dict[str, Any]:
    return {"z": np.array([logits], float), "y": np.array([label])}


AXIS_CASES = [
    ("softmax", (2, 3)),
    ("softmax", (2, 3, 4)),
    ("log_softmax", (2, 3)),
    ("logsumexp", (2, 3)),
]

TABLES = {
    "axis": Table(
        "The axis that a function f takes when you name none",
        {
            "softdial": "softdial.{}(x)",
            "SciPy": "scipy.special.{}(x)",
            "PyTorch": "torch.{}(x)",
            "PyTorch: functional": "torch.nn.functional.{}(x)",
            "JAX": "jax.nn.{}(x)",
            "scikit-learn": "sklearn.utils.extmath.{}(x)",
        },
        {
            f"{name} of {'×'.join(map(str, shape))}": {"x": np.zeros(shape), "{}": name}
            for name, shape in AXIS_CASES
        },
    ),
    "softmax": Table(
        "Softmax of hard inputs",
        {
            "softdial": "softdial.softmax(x)",
            "NumPy": "np.exp(x) / np.exp(x).sum()",
            "SciPy": "scipy.special.softmax(x)",
            "PyTorch": "torch.softmax(x, dim=-1)",
            "JAX": "jax.nn.softmax(x)",
            "scikit-learn": "sklearn.utils.extmath.softmax(x)",
        },
        {
            "[1000, 0]": row(1000, 0),
            "[-1000, -1000]": row(-1000, -1000),
            "[0, -37]": row(0, -37),
            "[0, -745]": row(0, -745),
            "[0, -inf]": row(0, -INF),
            "[-inf, -inf]": row(-INF, -INF),
            "[0, inf]": row(0, INF),
            "[0, nan]": row(0, NAN),
            "empty, []": row(),
            "no row, 0 × 2": {"x": np.zeros((0, 2))},
            "int8 [-100, 100]": row(-100, 100, dtype=np.int8),
            "int64 [1, 0]": row(1, 0, dtype=np.int64),
            "bool [True, False]": row(True, False, dtype=bool),
            "float16 [20, 19, 0]": row(20, 19, 0, dtype=np.float16),
            "a list, [1.0, 0.0]": {"x": [1.0, 0.0]},
        },
    ),
    "log": Table(
        "log_softmax of hard inputs",
        {
            "softdial": "softdial.log_softmax(x)",
            "NumPy": "np.log(np.exp(x) / np.exp(x).sum())",
            "SciPy": "scipy.special.log_softmax(x)",
            "PyTorch": "torch.log_softmax(x, dim=-1)",
            "JAX": "jax.nn.log_softmax(x)",
        },
        {
            "[1000, 0]": row(1000, 0),
            "[0, -37]": row(0, -37),
            "[0, -800]": row(0, -800),
            "[0, -inf]": row(0, -INF),
            "[-inf, -inf]": row(-INF, -INF),
            "[0, inf]": row(0, INF),
            "[0, nan]": row(0, NAN),
            "empty, []": row(),
        },
    ),
    "logsumexp": Table(
        "logsumexp of hard inputs",
        {
            "softdial": "softdial.logsumexp(x)",
            "NumPy": "np.log(np.exp(x).sum())",
            "NumPy: logaddexp": "np.logaddexp.reduce(x)",
            "SciPy": "scipy.special.logsumexp(x)",
            "PyTorch": "torch.logsumexp(x, dim=-1)",
            "JAX": "jax.nn.logsumexp(x)",
        },
        {
            "[1000, 1000]": row(1000, 1000),
            "[0, -40, -50]": row(0, -40, -50),
            "[-inf, -inf]": row(-INF, -INF),
            "[0, inf]": row(0, INF),
            "[0, nan]": row(0, NAN),
            "empty, []": row(),
            "int8 [-100, 100]": row(-100, 100, dtype=np.int8),
        },
    ),
    "temperature": Table(
        "Softmax of [2, 1] at hard temperatures",
        {
            "softdial": "softdial.softmax(x, temperature=T)",
            "NumPy": "np.exp(x / T) / np.exp(x / T).sum(-1, keepdims=True)",
            "SciPy": "scipy.special.softmax(x / T, axis=-1)",
            "PyTorch": "torch.softmax(x / T, dim=-1)",
            "JAX": "jax.nn.softmax(x / T)",
            "Transformers": "transformers.TemperatureLogitsWarper(T)(None, x).softmax(-1)",
        },
        {
            "T = 0.0": at(0.0),
            "T = 0.0, tie [2, 2]": at(0.0, 2, 2),
            "T = 1e-300": at(1e-300),
            "T = 5e-324": at(5e-324),
            "T = 0.001": at(0.001),
            "T = 2, an int": at(2),
            "T = inf": at(INF),
            "T = inf, mask [2, -inf]": at(INF, 2, -INF),
            "T = -1.0": at(-1.0),
            "T = nan": at(NAN),
            "T = [0.5, 5], 2 × 2": {
                "x": np.array([[2.0, 1.0], [2.0, 1.0]]),
                "T": np.array([0.5, 5.0]),
            },
        },
    ),
    "top-k": Table(
        "top-k of [2, 1, 1]",
        {
            "softdial": "softdial.top_k(x, k)",
            "PyTorch": "torch.topk(x, k).values",
            "JAX": "jax.lax.top_k(x, k)[0]",
            "Transformers": "transformers.TopKLogitsWarper(k)(None, x)",
        },
        {
            "k = 1": {**row(2, 1, 1), "k": 1},
            "k = 2, a tie": {**row(2, 1, 1), "k": 2},
            "k = 9": {**row(2, 1, 1), "k": 9},
            "k = 0": {**row(2, 1, 1), "k": 0},
            "k = 2.0": {**row(2, 1, 1), "k": 2.0},
            "k = 2, [nan, 1, 0]": {**row(NAN, 1, 0), "k": 2},
        },
    ),
    "top-p": Table(
        "top-p of probabilities 0.5, 0.25, 0.25",
        {
            "softdial": "softdial.softmax(softdial.top_p(x, p))",
            "Transformers": "transformers.TopPLogitsWarper(p)(None, x).softmax(-1)",
        },
        {
            f"p = {p}": {"x": np.log([0.5, 0.25, 0.25]), "p": p}
            for p in (0.75, 0.6, 0.5, 0.0, 1.0, 1.5, -0.1)
        },
    ),
    "min-p": Table(
        "min-p of probabilities 0.5, 0.25, 0.25",
        {
            "softdial": "softdial.softmax(softdial.min_p(x, p))",
            "Transformers": "transformers.MinPLogitsWarper(p)(None, x).softmax(-1)",
        },
        {
            f"p = {p}": {"x": np.log([0.5, 0.25, 0.25]), "p": p}
            for p in (0.4, 0.6, 0.0, 1.0, 1.5, -0.1)
        },
    ),
    "sample": Table(
        "The class that one draw gives",
        {
            "softdial": "softdial.sample(x, rng=0)",
            "NumPy": "np.random.default_rng(0).choice(len(x), p=softdial.softmax(x))",
            "PyTorch": "torch.distributions.Categorical(logits=x).sample()",
            "PyTorch: multinomial": "torch.multinomial(torch.softmax(x, dim=-1), 1)[0]",
            "JAX": "jax.random.categorical(jax.random.key(0), x)",
        },
        {
            "[0, -inf]": row(0, -INF),
            "[-1000, 1000]": row(-1000, 1000),
            "[-inf, -inf]": row(-INF, -INF),
            "[0, nan]": row(0, NAN),
            "[0, inf]": row(0, INF),
            "empty, []": row(),
        },
    ),
    "loss": Table(
        "The loss of one row [2, 1, -1]",
        {
            "softdial": "softdial.cross_entropy(z, y)",
            "PyTorch": 'torch.nn.functional.cross_entropy(z, y, reduction="none")',
            "JAX": "-jax.nn.log_softmax(z)[jnp.arange(len(y)), y]",
            "scikit-learn": "sklearn.metrics.log_loss(y, softdial.softmax(z), labels=[0, 1, 2])",
        },
        {
            "label 0": loss([2, 1, -1], 0),
            "label 3, too large": loss([2, 1, -1], 3),
            "label -1": loss([2, 1, -1], -1),
            "label -100": loss([2, 1, -1], -100),
            "label 0.0, a float": loss([2, 1, -1], 0.0),
            "label 1 of [2, -inf, -1]": loss([2, -INF, -1], 1),
            "label 1 of [0, 800, 0]": loss([0, 800, 0], 1),
            "label 0 of [0, 800, 0]": loss([0, 800, 0], 0),
        },
    ),
    "soft-loss": Table(
        "The loss of one row [2, 1, -1] when the label is a distribution",
        {
            "softdial": "softdial.cross_entropy(z, y)",
            "PyTorch": 'torch.nn.functional.cross_entropy(z, y, reduction="none")',
            "JAX": "-(y * jax.nn.log_softmax(z)).sum(-1)",
        },
        {
            "[0.5, 0.5, 0]": loss([2, 1, -1], [0.5, 0.5, 0.0]),
            "[1, 0, 0] and [2, 1, -inf]": loss([2, 1, -INF], [1.0, 0.0, 0.0]),
            "[2, 1, 0], sum 3": loss([2, 1, -1], [2.0, 1.0, 0.0]),
        },
    ),
}
