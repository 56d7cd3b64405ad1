"""The citation file is valid, and every place that tells how to cite says the same."""

from importlib.metadata import version

import pytest
import yaml

import sites

CITATION = yaml.safe_load((sites.ROOT / "CITATION.cff").read_text("utf-8"))
TEACHING = sorted((sites.ROOT / "docs" / "teach").glob("*.md"))
# What the schema 1.2.0 demands, and the types of what else stands in ours.
REQUIRED = {"cff-version": str, "message": str, "title": str, "authors": list}
OPTIONAL = {"type": str, "abstract": str, "version": str, "license": str, "keywords": list}
OPTIONAL |= {"url": str, "repository-code": str}  # entered before the first release


def faults(citation):
    """Yield what keeps a citation file from being valid."""
    yield from (f"{key} is missing" for key in REQUIRED if key not in citation)
    kinds = REQUIRED | OPTIONAL
    yield from (f"{key} is unknown" for key in citation if key not in kinds)
    for key, kind in kinds.items():
        if key in citation and (not isinstance(citation[key], kind) or not citation[key]):
            yield f"{key} is no {kind.__name__}"
    if citation.get("cff-version") != "1.2.0":
        yield f"cff-version is {citation.get('cff-version')}"
    if citation.get("type", "software") not in ("software", "dataset"):
        yield f"type is {citation['type']}"
    for author in citation.get("authors", []):
        if not author.get("name") and not author.get("family-names"):
            yield f"no name: {author}"


class TestCitation:
    def test_the_file_is_valid(self):
        assert list(faults(CITATION)) == []

    def test_it_is_of_this_version(self):
        assert CITATION["version"] == version("softdial")

    def test_the_gallery_says_the_same(self):
        text = (sites.ROOT / "docs" / "teach" / "figures.md").read_text("utf-8")
        fences = [" ".join(fence.split()) for fence in text.split("```text")[1:]]
        assert len(fences) == 2
        for fence in fences:
            assert CITATION["title"] in fence
            assert CITATION["authors"][0]["name"] in fence
            assert f"ersion {CITATION['version']}" in fence

    @pytest.mark.parametrize("page", TEACHING, ids=lambda page: page.stem)
    def test_every_teaching_page_tells_its_license(self, page):
        assert "CC BY 4.0" in page.read_text("utf-8")

    def test_it_may_have_addresses(self):
        there = {"url": "https://book.test", "repository-code": "https://code.test"}
        assert list(faults(CITATION | there)) == []

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"title": ""}, "title is no str"),
            ({"version": 0.1}, "version is no str"),
            ({"cff-version": "1.1.0"}, "cff-version is 1.1.0"),
            ({"type": "book"}, "type is book"),
            ({"autors": []}, "autors is unknown"),
            ({"authors": [{"alias": "x"}]}, "no name: {'alias': 'x'}"),
        ],
    )
    def test_a_fault_is_found(self, change, fault):
        assert list(faults(CITATION | change)) == [fault]

    def test_a_missing_key_is_found(self):
        short = {key: value for key, value in CITATION.items() if key != "message"}
        assert list(faults(short)) == ["message is missing"]
