"""The results kept for the page: ratios, versions, and the machine in general words."""

import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.cases import Case

DATA = Path(__file__).parents[1] / "data" / "benchmarks.json"
PACKAGES = {"NumPy": "numpy", "SciPy": "scipy", "PyTorch": "torch", "JAX": "jax"}
PEERS = ["PyTorch", "JAX"]


def row(case: Case, ratios: dict[str, float]) -> dict[str, Any]:
    """Return one case as the page needs it."""
    rounded = {name: float(f"{ratio:.2g}") for name, ratio in ratios.items()}
    told = {"function": case.function, "input": case.input, "dtype": case.dtype}
    return told | {"goal": case.goal, "ratios": rounded}


def versions() -> dict[str, str]:
    """Return the versions of what is installed."""
    found = {"Python": platform.python_version()}
    for name, package in PACKAGES.items():
        try:
            found[name] = version(package)
        except PackageNotFoundError:
            continue
    return found


def missing() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name in PEERS if name not in versions()]


def machine() -> str:
    """Return the processor in general words."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        text = ""
    model = re.search(r"model name\s*: (.+)", text)
    name = model[1].strip() if model else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, one used; {platform.system()}"


def write(results: dict[str, Any], path: Path = DATA) -> None:
    """Keep results, and leave what is kept beside them."""
    kept = json.loads(path.read_text("utf-8"))
    if "rows" in results:
        day = datetime.now(UTC).date().isoformat()
        kept |= {"date": day, "machine": machine(), "versions": versions(), "missing": missing()}
    save(kept | results, path)


def save(results: dict[str, Any], path: Path) -> None:
    """Write results as the repository keeps them, for the page of the same name."""
    text = json.dumps(results, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", "utf-8", newline="\n")
    print(f"written to data/{path.name}; look at /reference/{path.stem}/ before you commit it")
