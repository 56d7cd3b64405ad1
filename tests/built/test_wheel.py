"""The wheel holds the core alone and runs where nothing but NumPy is."""

import os
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import numpy as np
import pytest

import sites

TRY = "import softdial; print(softdial.__file__); print(softdial.softmax([0.0, 0.0]))"


def run(*command, **environment):
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def wheel(site):
    """The wheel that the site offers for download and a release uploads."""
    (file,) = (site / "dist").glob("*.whl")
    return file


def strangers(names):
    """List the files that are neither the package nor its metadata."""
    return [
        name
        for name in names
        if not (name.startswith("softdial/") or name.split("/")[0].endswith(".dist-info"))
    ]


class TestWheel:
    def test_it_holds_the_whole_core_and_nothing_else(self, wheel):
        names = zipfile.ZipFile(wheel).namelist()
        core = (sites.ROOT / "src" / "softdial").glob("*.py")

        assert strangers(names) == []
        assert {f"softdial/{file.name}" for file in core} | {"softdial/py.typed"} <= set(names)

    def test_its_only_dependency_is_numpy(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            (metadata,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
            needs = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist")

        assert [need.partition(">=")[0] for need in needs] == ["numpy"]

    def test_it_installs_into_an_empty_environment_and_runs(self, wheel, tmp_path):
        venv.create(tmp_path / "empty")
        python = tmp_path / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        pip = (sys.executable, "-m", "pip", "--python", python)
        numpy_only = os.fspath(Path(np.__file__).parents[1])

        run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel)
        where, answer = run(python, "-c", TRY, PYTHONPATH=numpy_only).splitlines()

        assert Path(where).is_relative_to(tmp_path)
        assert answer == "[0.5 0.5]"


class TestStrangers:
    def test_the_machinery_of_the_site_is_a_stranger(self):
        names = ["softdial/odds.py", "softdial-0.1.0.dist-info/RECORD", "softdial_site/hooks.py"]

        assert strangers(names) == ["softdial_site/hooks.py"]
