"""The libraries themselves: every call, every cell, under the versions that the page names."""

import platform
import tomllib
from importlib.metadata import version

import pytest

import sites
from bench import libraries
from bench.crosswalk import changes, other_versions
from softdial_site import crosswalk
from tools import assert_none

pytestmark = pytest.mark.crosswalk

KEPT = crosswalk.read()


def pins():
    """Return the exact versions of the extra."""
    project = tomllib.loads((sites.ROOT / "pyproject.toml").read_text("utf-8"))
    for pin in project["dependency-groups"]["crosswalk"]:
        name, _, exact = pin.partition("==")
        yield name.partition("[")[0], exact


class TestVersions:
    def test_all_libraries_are_there(self):
        assert crosswalk.lacking() == []

    def test_they_are_the_pinned_ones(self):
        found = {name: version(name).partition("+")[0] for name, _ in pins()}
        assert found == dict(pins())

    def test_they_are_the_ones_that_the_page_names(self):
        if platform.python_version_tuple()[:2] != tuple(KEPT["versions"]["Python"].split(".")[:2]):
            pytest.skip(
                f"the page is of Python {KEPT['versions']['Python']}, which has its own lock"
            )
        now = {"versions": libraries.versions() | {"Python": KEPT["versions"]["Python"]}}
        assert_none(other_versions(KEPT, now))


class TestCalls:
    @pytest.mark.parametrize("task", crosswalk.TASKS, ids=lambda task: task.anchor)
    def test_every_library_gives_the_numbers_of_softdial(self, task):
        assert_none(
            f"{name}: {call}"
            for name, call in task.calls.items()
            if not libraries.agrees(task, name, call)
        )


class TestCells:
    @pytest.mark.parametrize("name", crosswalk.TABLES)
    def test_every_cell_is_what_the_page_says(self, name):
        now = {"cells": KEPT["cells"] | {name: libraries.cells(crosswalk.TABLES[name])}}
        changed = list(changes(KEPT, now))
        assert_none(
            [*changed, f"look at the page, then run {crosswalk.REFRESH}"] if changed else []
        )
