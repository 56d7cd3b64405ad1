"""The Nu HTML checker finds no error on any page."""

import hashlib
import json
import subprocess
import tarfile

import pytest

import sites
from tools import assert_none, need

PACKAGE = "vnu-jar@26.9.27"
DIGEST = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"


@pytest.fixture(scope="session")
def checker(tmp_path_factory):
    """The checker of a pinned npm package; returns the errors of the files it is given."""
    java = need("java", cure="install Java 17 or newer to check the HTML (default-jre-headless)")
    npm = need("npm", cure="install npm to fetch the Nu HTML checker")
    folder = tmp_path_factory.mktemp("nu")
    subprocess.run([npm, "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == DIGEST
    with tarfile.open(archive) as tar:
        tar.extract("package/build/dist/vnu.jar", folder, filter="data")

    def errors(files):
        jar = folder / "package/build/dist/vnu.jar"
        command = [java, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        for message in json.loads(done.stdout)["messages"]:
            if message["type"] != "info" or message.get("subType") == "warning":
                yield message

    return errors


def told(message, site):
    place = message["url"].partition(site.as_posix())[2]
    return f"{place}:{message.get('lastLine')}: {message['message']}: {message.get('extract')}"


class TestNu:
    def test_no_page_has_an_error(self, checker, site):
        files = [sites.page_file(site, path) for path in sites.pages(site)]
        errors = (message for message in checker(files) if message["type"] == "error")
        assert_none(told(error, site) for error in errors)

    def test_a_planted_error_is_found(self, checker, tmp_path):
        page = tmp_path / "page.html"
        page.write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head>'
            '<body><p><div id="a"></div></p><span id="a"></span></body></html>'
        )
        found = " ".join(message["message"] for message in checker([page]))

        assert "Duplicate ID" in found
        assert "No “p” element in scope" in found
