"""What tests of every kind lean on."""

import os
import re
import shutil

import pytest


def need(*names, cure):
    """Return the first program found; a missing one is a skip with its cure, in CI a failure."""
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"{names[0]} is missing: {cure}")
    return found


def without_fences(markdown):
    """Return the Markdown of a page without its blocks of code."""
    return re.sub(r"(?ms)^ *```.*?^ *```$", "", markdown)


def assert_none(findings):
    """Fail with every finding on a line of its own."""
    findings = list(findings)
    assert not findings, "\n".join(findings)
