"""The same checkout gives the same site, byte for byte, wherever and whenever it is built."""

import pytest

import sites


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def differing(one, other):
    """List the files that stand in one folder only or differ between the two."""
    ours, theirs = contents(one), contents(other)
    return sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))


class TestTwoBuilds:
    def test_another_folder_clock_zone_and_hash_seed_change_no_file(self, site, tmp_path):
        again = sites.build(
            tmp_path / "again",
            source=sites.copy(tmp_path / "elsewhere"),
            SITE_URL=sites.address(site),
            PYTHONHASHSEED="1",
            TZ="Pacific/Kiritimati",
        )

        assert differing(site, again) == []


class TestDiffering:
    @pytest.fixture
    def twins(self, tmp_path):
        for name in ("one", "other"):
            (tmp_path / name / "deep").mkdir(parents=True)
            (tmp_path / name / "deep" / "page.html").write_text("same")
        return tmp_path / "one", tmp_path / "other"

    def test_equal_folders_differ_in_nothing(self, twins):
        assert differing(*twins) == []

    def test_a_changed_a_missing_and_a_surplus_file_are_found(self, twins):
        one, other = twins
        (one / "deep" / "page.html").write_text("changed")
        (one / "only here").touch()
        (other / "only there").touch()

        assert differing(one, other) == ["deep/page.html", "only here", "only there"]
