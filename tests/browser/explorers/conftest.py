from contextlib import ExitStack

import pytest
import stage
from harness import reading
from playing import DESK

from softdial_site.explorers import EXPLORERS
from tools import assert_none


@pytest.fixture(scope="session")
def staged(site, tmp_path_factory):
    return stage.build(site, tmp_path_factory.mktemp("stage") / "site", EXPLORERS)


@pytest.fixture(scope="module")
def readers(chromium, staged):
    """One visitor for each kind of browser, kept for all tests."""
    with ExitStack() as stack:
        found = {}

        def reader(**options):
            key = repr(sorted(options.items()))
            if key not in found:
                found[key] = stack.enter_context(reading(chromium, staged, **options))
            return found[key]

        yield reader
        assert_none(trouble for reader in found.values() for trouble in reader.trouble)


@pytest.fixture
def visit(readers):
    """Open the stage of an explorer, at its question or in a state."""

    def visit(name, query="", **options):
        page = readers(**(options or DESK)).open(stage.address(name) + query)
        page.locator(".play").wait_for()
        return page

    return visit
