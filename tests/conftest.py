import os
from pathlib import Path

import pytest

import sites


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The built site: the folder that SITE names, else one built now."""
    ready = os.environ.get("SITE")
    return Path(ready).resolve() if ready else sites.build(tmp_path_factory.mktemp("site"))
