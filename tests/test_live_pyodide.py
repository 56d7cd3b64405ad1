import io
import json
import logging
import shutil
import sys
import tarfile
from base64 import b64encode
from hashlib import sha512
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

from softdial_site import hooks, live

LOCK = {"info": {"python": "3.14"}, "packages": {"numpy": {}}}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package in the cache that looks like Pyodide's, pinned."""
    archive = tmp_path / f"pyodide-{live.VERSION}.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in ("package.json", *live.CORE, live.LOCK):
            content = json.dumps(LOCK).encode() if name == live.LOCK else name.encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    digest = b64encode(sha512(archive.read_bytes()).digest()).decode()
    monkeypatch.setattr(live, "INTEGRITY", f"sha512-{digest}")
    return archive


@pytest.fixture
def without_npm(monkeypatch, tmp_path):
    monkeypatch.setattr(live.shutil, "which", lambda name: None)
    monkeypatch.setattr(hooks, "CACHE", tmp_path)


class TestFiles:
    def test_they_are_the_core_and_its_lock(self, package):
        found = live.files(package.parent)
        assert set(found) == {*live.CORE, live.LOCK}
        assert found["pyodide.mjs"] == b"pyodide.mjs"

    def test_no_package_is_offered(self, package):
        lock = json.loads(live.files(package.parent)[live.LOCK].decode())
        assert lock == {"info": {"python": "3.14"}, "packages": {}}

    def test_a_tampered_package_is_refused_and_forgotten(self, package):
        package.write_bytes(package.read_bytes() + b"\0")
        with pytest.raises(ValueError, match="not the pinned package"):
            live.files(package.parent)
        assert not package.exists()

    def test_npm_puts_the_pinned_one_into_the_cache(self, package, monkeypatch, tmp_path):
        cache = tmp_path / "a" / "new" / "cache"
        asked = []

        def npm(command, *, cwd, **_):
            asked.append((command, cwd))
            shutil.copy(package, cwd)
            return SimpleNamespace(returncode=0)

        monkeypatch.setattr(live.shutil, "which", lambda name: f"/bin/{name}")
        monkeypatch.setattr(live.subprocess, "run", npm)
        assert set(live.files(cache)) == set(live.files(cache)) == {*live.CORE, live.LOCK}
        assert asked == [(["/bin/npm", "pack", f"pyodide@{live.VERSION}"], cache)]

    def test_without_npm_there_is_none(self, without_npm, tmp_path):
        with pytest.raises(live.UnavailableError, match="npm is missing"):
            live.files(tmp_path)

    def test_nor_if_npm_fails(self, tmp_path, monkeypatch):
        monkeypatch.setattr(live.shutil, "which", lambda name: sys.executable)
        with pytest.raises(live.UnavailableError, match="npm pack failed"):
            live.files(tmp_path)


class TestBuild:
    def test_without_npm_it_goes_on_and_says_so(self, without_npm, monkeypatch, caplog):
        monkeypatch.delenv("CI", raising=False)
        caplog.set_level(logging.INFO, "mkdocs.softdial")

        assert hooks.bring_python() == {}
        assert "No Run buttons: npm is missing" in caplog.text

    def test_in_ci_it_stops(self, without_npm, monkeypatch):
        monkeypatch.setenv("CI", "true")
        with pytest.raises(PluginError, match="npm is missing"):
            hooks.bring_python()
