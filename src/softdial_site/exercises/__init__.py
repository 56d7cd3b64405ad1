"""The programming exercises as a notebook: tasks, and checks that tell what is wrong."""

from pathlib import Path

from nbformat import NotebookNode

from softdial_site import chapters
from softdial_site.notebooks import Printed

FOLDER = Path(__file__).parent
CHECKS = "# checks"


def read() -> tuple[NotebookNode, list[list[Printed]]]:
    """The tasks, with the code of the checks in the cell that stands for it."""
    page, outputs = chapters.read((FOLDER / "notebook.md").read_text("utf-8"), [])
    (place,) = (cell for cell in page.cells if cell.source == CHECKS)
    place.source = (FOLDER / "checks.py").read_text("utf-8").strip()
    place.metadata["jupyter"] = {"source_hidden": True}
    return page, outputs
