import os
from pathlib import Path

import pytest
from filelock import FileLock

import sites


@pytest.fixture(scope="session")
def site(tmp_path_factory, testrun_uid):
    """The built site: the folder that SITE names, else one built now, for all workers."""
    if ready := os.environ.get("SITE"):
        return Path(ready).resolve()
    built = tmp_path_factory.getbasetemp().parent / f"site-{testrun_uid}"
    with FileLock(f"{built}.lock"):
        return built if built.exists() else sites.build(f"{built}-part").rename(built)
