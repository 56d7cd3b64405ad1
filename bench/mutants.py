"""Change the core in one place, run its tests, count what they notice: ``python -m bench.mutants``.

A change that no test notices either becomes a test or stands in REASONS with what it cannot change.
``--all`` tries every change; without it a seeded sample.
"""

import ast
import copy
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

from bench import record

ROOT = Path(__file__).parents[1]
CORE = ROOT / "src" / "softdial"
COUNT, SEED, LIMIT, PROCESSES = 150, 0, 120, 2
ALL = ["normalize", "odds", "information", "gradients", "truncation", "sampling", "calibration"]
# whose tests see a change of a module, beside its own and those of the inputs
USED_IN = {"normalize": ALL, "inputs": ALL, "information": ["calibration"]}
# sizes of blocks and pieces, and copies that are saved: other values give the same, sooner or later
KNOBS = {"SMALL", "BLOCK", "FEW", "(SHORT, NEAR, BESIDE)", "(PIECE, WIDE)", "PART", "LONG"}

SPEED = "decides how fast a result is had, not which"
CAREFUL = "takes the careful way to divide where the plain one is as good"
EDGE = "differs where two rounded numbers are equal, and there both branches give the same"
ROOT_STAYS = "only moves the steps and the bracket of a search that ends at the same root"
TOLERANCE = "is a tolerance for rounding as well"
ONE = "differs by the rounding of a sum that is 1"
SAME = "names the same axis, or writes the same numbers in another way"
REASONS = {
    "_inputs.temperatures: value >= 0 → 1": SPEED,
    "_inputs.temperatures: and value >= 0 → > 0": SPEED,
    "calibration.bracket: (far / 2 if far → 3 if far": ROOT_STAYS,
    "calibration.bracket: * far)))[0] > 0) == → >= 0) ==": EDGE,
    "calibration.bracket: == (slope > 0) → >= 0)": EDGE,
    "calibration.bracket: far > 1 → 2": ROOT_STAYS,
    "calibration.bracket: if slope > 0 else → >= 0 else": EDGE,
    "calibration.bracket: slope > 0 → >= 0": EDGE,
    "calibration.hits: best[..., None], axis=-1) → axis=+1)": SAME,
    "calibration.limit: >= -1e-15 * np.abs(aim).sum() → / np.abs(aim).sum()": TOLERANCE,
    "calibration.root: = (low + high) / → - high) /": ROOT_STAYS,
    "calibration.root: if slope > 0 else → >= 0 else": EDGE,
    "calibration.slopes: * (finite - mean[..., None]) → + mean[..., None])": ROOT_STAYS,
    "calibration.unit_gaps: -np.inf, 0, half).min(initial=0) → half).min(initial=1)": SAME,
    "calibration.unit_gaps: -np.where(half == -np.inf, 0, half).min(initial=0) → "
    "+np.inf, 0, half).min(initial=0)": SAME,
    "gradients.softmax_jacobian: own] = -slopes.sum(axis=-1) → -slopes.sum(axis=-2)": SAME,
    "information.log_ratio: - 1) <= 0.5, np.log1p((p → < 0.5, np.log1p((p": EDGE,
    "information.log_ratio: | (ratio > limits.max) → >= limits.max)": EDGE,
    "normalize.by_blocks: (np.empty(shape, x.dtype), max(1, BLOCK * → max(2, BLOCK *": SPEED,
    "normalize.by_blocks: or x.size < SMALL → <= SMALL": SPEED,
    "normalize.by_blocks: x.ndim == 1 or x.size → 2 or x.size": SPEED,
    "normalize.by_blocks: x.ndim == 1 or → != 1 or": SPEED,
    "normalize.log_total: = -(-z.size // BLOCK) → * BLOCK)": SPEED,
    "normalize.log_total: = sums < 1.5 → <= 1.5": EDGE,
    "normalize.log_total: and z.strides[axis] == max(z.strides) → != max(z.strides)": SPEED,
    "normalize.normalized: and p.size <= FEW and → < FEW and": SPEED,
    "normalize.ordinary: 1 or z.min(initial=0) > -np.inf) → z.min(initial=1) > -np.inf)": SAME,
    "normalize.ordinary: low < limits.tiny or → <= limits.tiny or": CAREFUL,
    "normalize.prepare: (t.size, x.size)), -1) → +1)": SAME,
    "normalize.reduced: if side > 1 else → >= 1 else": SAME,
    "normalize.reduced: n <= PIECE or → < PIECE or": SPEED,
    "normalize.reduced: rows.flags.c_contiguous else 1 → 2": SPEED,
    "normalize.reduced: side > 1 → >= 1": SAME,
    "normalize.total_below_1: - np.floor(rows), -1)[:, 0] → +1)[:, 0]": SAME,
    "normalize.total_below_1: e.ndim > 1 and e.flags.c_contiguous → "
    "2 and e.flags.c_contiguous": SPEED,
    "normalize.total_below_1: e.ndim > 1 and → >= 1 and": SAME,
    "normalize.total_below_1: rows = e.reshape(-1, e.shape[-1])[wanted.ravel()] → "
    "e.reshape(-2, e.shape[-1])[wanted.ravel()]": SAME,
    "odds.logit: - 0.5) <= 0.25, middle, → < 0.25, middle,": EDGE,
    "sampling.inverse: * PART < p.shape[-1] → <= p.shape[-1]": SPEED,
    "sampling.inverse: < len(steps) and len(u) * → or len(u) *": SPEED,
    "sampling.inverse: = np.cumsum(p, axis=-1, dtype=np.float64) → "
    "axis=+1, dtype=np.float64)": SAME,
    "sampling.inverse: PART < p.shape[-1] → p.shape[-2]": SPEED,
    "sampling.inverse: len(u) * steps.shape[-1] < 4096 → steps.shape[-2] < 4096": SPEED,
    "sampling.sample: = (u.view(np.int64), max(1, BLOCK // → max(2, BLOCK //": SPEED,
    "truncation.cut: < len(row) // 4 → * 4": SPEED,
    "truncation.cut: = rough >= (1 - → > (1 -": SPEED,
    "truncation.cut: limit) / 2 * rough.mean() → 3 * rough.mean()": SPEED,
    "truncation.ranked: low, 32 * low ** → / low **": SPEED,
    "truncation.near: guess *= 4 → /= 4": SPEED,
    "truncation.ranked: top, low, 32 * low → 33 * low": SPEED,
    "truncation.near: min(len(rest) // 2, guess))) → 3, guess)))": SPEED,
    "truncation.near: len(rest) > LONG // → >= LONG //": SPEED,
    "normalize.by_blocks: key=lambda i: -abs(x.strides[i]) or -x.nbytes) → "
    "+abs(x.strides[i]) or -x.nbytes)": SPEED,
    "sampling.inverse: PART < p.shape[-1] → p.shape[+1]": SAME,
    "odds.sigmoid: = np.where(wide < 0, e, → <= 0, e,": EDGE,
    "normalize.ordinary: return bool(high <= 1 or → < 1 or": CAREFUL,
    "sampling.inverse: len(u) * PART < → / PART <": SPEED,
    "normalize.log_total: -(-z.shape[axis] // 4)), axis) → 5)), axis)": SPEED,
    "_inputs.position: and -ndim <= axis < → < axis <": SPEED,
    "sampling.inverse: and len(u) * steps.shape[-1] < → / steps.shape[-1] <": SPEED,
    "_inputs.position: int and -ndim <= axis → +ndim <= axis": SPEED,
    "normalize.log_total: z.size > BLOCK and → >= BLOCK and": SPEED,
    "normalize.ordinary: or high > limits.max → >= limits.max": CAREFUL,
    "normalize.ordinary: z.min(initial=0) > -np.inf) → +np.inf)": CAREFUL,
    "normalize.reduced: wide = rows[:even].reshape(-1, side, *rows.shape[1:]) → "
    "rows[:even].reshape(-2, side, *rows.shape[1:])": SAME,
    "sampling.sample: float) else t.reshape(-1, 1)) → t.reshape(-2, 1))": SAME,
    "sampling.sample: rows[block], warm, -1, x.dtype) → +1, x.dtype)": SAME,
    "normalize.ordinary: float) else (t.min(initial=1), t.max(initial=1)) → "
    "(t.min(initial=2), t.max(initial=1))": SAME,
    "normalize.reduced: * n // x.size)) if → * x.size)) if": SPEED,
    "truncation.ranked: low ** 2 / float(p → 3 / float(p": SPEED,
    "truncation.near: LONG // 4 → 5": SPEED,
    "sampling.inverse: * steps.shape[-1] < 4096 → <= 4096": SPEED,
    "truncation.near: len(rest) - int(max(1, min(len(rest) // → int(max(2, min(len(rest) //": SPEED,
    "sampling.inverse: = len(u) < len(steps) and → <= len(steps) and": SPEED,
    "normalize.log_total: min(count, -(-z.shape[axis] // 4)), axis) → * 4)), axis)": SPEED,
    "normalize.ordinary: <= 1 or z.min(initial=0) > → and z.min(initial=0) >": CAREFUL,
    "truncation.cut: 0 < np.count_nonzero(head) → 1 < np.count_nonzero(head)": SPEED,
    "calibration.limit: slope >= -1e-15 * → > -1e-15 *": TOLERANCE,
    "normalize.by_blocks: prod(shape[place + 1:]) → 2:])": SPEED,
    "information.entropy: 0, wide, 1)) → 2))": SAME,
    "calibration.bracket: 0 else (-1, 1.0) → (-2, 1.0)": ROOT_STAYS,
    "sampling.by_parts: enumerate(u[:, row] * parts[-1]) → / parts[-1])": ONE,
    "normalize.reduced: PIECE, WIDE * n // → / n //": SPEED,
    "normalize.scaled: float) and 1e-30 < t → 1.0 < t": SPEED,
    "truncation.chosen: n < LONG → <= LONG": SPEED,
    "calibration.slopes: == -np.inf, 0, z)) → 1, z))": SAME,
    "truncation.first: (surplus > 0).any() → >= 0).any()": SPEED,
    "calibration.bracket: far > 1 else 0))) → 2 else 0)))": ROOT_STAYS,
    "truncation.chosen: zip(x.reshape(-1, n), out, → zip(x.reshape(-2, n), out,": SAME,
    "normalize.scaled: t < 1 → <= 1": SPEED,
    "truncation.cut: >= (1 - limit) / → + limit) /": SPEED,
    "calibration.root: < high or abs(step) > → and abs(step) >": ROOT_STAYS,
    "normalize.normalized: (p.itemsize <= 8) → 9)": SAME,
    "calibration.bracket: far = (1, 1.0) if → (2, 1.0) if": ROOT_STAYS,
    "truncation.border: (1 - 8 * eps → 9 * eps": "forgives more rounding than there is",
    "truncation.nucleus: x.shape[-1] >= LONG → > LONG": SPEED,
    "calibration.root: last / 2 → 3": ROOT_STAYS,
    "normalize.by_blocks: and n * between <= → / between <=": SPEED,
    "truncation.cut: - limit) / 2 * → * 2 *": SPEED,
    "calibration.unit_gaps: == -np.inf, 0, half).min(initial=0) → 1, half).min(initial=0)": SAME,
    "normalize.by_blocks: rows = rows.reshape(-1, n, between) → rows.reshape(-2, n, between)": SAME,
    "calibration.root: abs(step) <= 1e-08 → < 1e-08": EDGE,
    "sampling.inverse: len(u) * steps.shape[-1] < 4096 → steps.shape[+1] < 4096": SAME,
    "truncation.keep: or np.count_nonzero(kept) < kept.size // → <= kept.size //": SPEED,
    "_inputs.distributions: - 1) > TOLERANCE.get(rows.dtype.name, 1e-06) → "
    ">= TOLERANCE.get(rows.dtype.name, 1e-06)": "no float lies exactly that far from 1",
    "normalize.scaled: and 1e-30 < t <= → <= t <=": SPEED,
    "truncation.ranked: ** 2 / float(p @ → * float(p @": SPEED,
    "normalize.by_blocks: * rows.shape[along] // x.size)) → * x.size))": SPEED,
    "normalize.total_below_1: (-1, e.ndim - 1)) → + 1))": SPEED,
    "truncation.cut: len(row) // 4 → 5": SPEED,
    "normalize.by_blocks: and n > FEW → >= FEW": SPEED,
}

SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


class Mutant(NamedTuple):
    """One changed module."""

    module: str
    place: str
    change: str
    source: str

    @property
    def name(self) -> str:
        """What tells it apart from the others."""
        return f"{self.place}: {self.change}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield a module changed in one place, for every place."""
    tree = ast.parse(path.read_text("utf-8"))
    for place, statement in _statements(tree):
        if place in KNOBS:
            continue
        for node in _nodes(statement):
            for field, new in _changes(node):
                old, before = getattr(node, field), ast.unparse(statement)
                setattr(node, field, new)
                change = _difference(before, ast.unparse(statement))
                yield Mutant(path.name, f"{path.stem}.{place}", change, ast.unparse(tree))
                setattr(node, field, old)


def _statements(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield every statement without a body, and every test, with the name of its function."""
    for top in tree.body:
        name = getattr(top, "name", "")
        for node in ast.walk(top):
            if isinstance(node, ast.If | ast.While | ast.IfExp):
                yield name, node.test
            elif isinstance(node, ast.For):
                yield name, node.iter
            elif isinstance(node, ast.Assign | ast.AugAssign | ast.Return | ast.Expr | ast.Raise):
                yield name or ast.unparse(getattr(node, "targets", [node])[0]), node


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all in it, but what ``copy`` is set to."""
    if not (isinstance(node, ast.keyword) and node.arg == "copy"):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _nodes(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield a field of a node and what to put there instead."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield "ops", [SWAPPED[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in SWAPPED:
        yield "op", SWAPPED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield "op", ast.UAdd() if isinstance(node.op, ast.USub) else copy.copy(ast.USub())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "value", node.value + 1


def _difference(before: str, after: str) -> str:
    """Return the words around what changed."""
    old, new = before.split(), after.split()
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    return f"{' '.join(old[max(0, start - 2) : start + 3])} → {' '.join(new[start : start + 3])}"


def survives(mutant: Mutant) -> bool:
    """Return whether the tests of the core pass with a mutant; those of its module come first."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "softdial"
        copytree(CORE, package)
        (package / mutant.module).write_text(mutant.source, "utf-8")
        own = mutant.module.removesuffix(".py").lstrip("_")
        names = dict.fromkeys([own, "inputs", *USED_IN.get(own, [])])
        tests = [str(ROOT / "tests" / f"test_{name}.py") for name in names]
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "bench.profile"]
        command = [sys.executable, "-B", "-m", "pytest", *options, "--hypothesis-profile=mutants"]
        paths = os.pathsep.join([folder, str(ROOT)])
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            ran = subprocess.run(
                [*command, *tests],
                cwd=ROOT,
                env=os.environ | threads | {"PYTHONPATH": paths},
                capture_output=True,
                timeout=LIMIT,
            )
        except subprocess.TimeoutExpired:
            return False
        return ran.returncode == 0


def main() -> int:
    if not survives(Mutant("odds.py", "", "", (CORE / "odds.py").read_text("utf-8"))):
        print("the tests fail without a change")
        return 1
    every = [mutant for path in sorted(CORE.glob("[!_]*.py")) for mutant in mutants(path)]
    every += mutants(CORE / "_inputs.py")
    chosen = every if "--all" in sys.argv else random.Random(SEED).sample(every, COUNT)
    survivors = []
    with ThreadPoolExecutor(PROCESSES) as pool:
        for mutant, alive in zip(chosen, pool.map(survives, chosen), strict=True):
            if alive:
                survivors.append(mutant)
                print(f"survives: {mutant.name}  {REASONS.get(mutant.name, '')}", flush=True)
    equal = sum(mutant.name in REASONS for mutant in survivors)
    tried, noticed = len(chosen), len(chosen) - len(survivors)
    print(f"{noticed} of {tried} noticed, {equal} change nothing, of {len(every)} there are")
    told = [{"change": one.name, "reason": REASONS.get(one.name, "")} for one in survivors]
    kept = {"there": len(every), "tried": tried, "noticed": noticed, "survivors": told}
    if "--write" in sys.argv:
        record.write({"mutants": kept})
    return int(noticed < 0.9 * (tried - equal))


if __name__ == "__main__":
    sys.exit(main())
