"""Change the core in one place, run its tests, count what they notice: ``python -m bench.mutants``.

A change that no test notices either becomes a test or stands in ``reasons.toml``, below what it
cannot change. ``--all`` tries every change; without it a seeded sample.
"""

import ast
import os
import random
import subprocess
import sys
import tempfile
import tomllib
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

TOLD = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text("utf-8"))
REASONS = {change: reason for reason, changes in TOLD.items() for change in changes}

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
            if isinstance(node, ast.If | ast.While):
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
        yield "op", ast.UAdd() if isinstance(node.op, ast.USub) else ast.USub()
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
