"""Which figures there are, read from the sources without running them."""

import ast
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


class FigureError(ValueError):
    """A figure that must stop the build."""


def figure_name(chapter: str, function: str) -> str:
    """``temperature`` and ``odds_power`` make ``temperature-odds-power``."""
    return f"{chapter}-{function}".replace("_", "-")


def catalog(folder: Path = FOLDER) -> dict[str, Path]:
    """Every figure's name with the chapter file that draws it."""
    return {
        figure_name(path.stem, function): path
        for path in sorted(folder.glob("*.py"))
        for function in _figures(path.read_text("utf-8"))
    }


@cache  # the key of each figure asks for the catalog
def _figures(source: str) -> tuple[str, ...]:
    return tuple(
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and any(map(_is_figure, node.decorator_list))
    )


def _is_figure(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "figure"


def unknown(name: str, names: list[str]) -> FigureError:
    """The error for a name that no figure has."""
    nearest = get_close_matches(name, names, n=3, cutoff=0.5) or sorted(names)
    return FigureError(f"no figure is called {name!r}; nearest: {', '.join(nearest)}")
