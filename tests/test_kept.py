from pathlib import Path

import pytest

from softdial_site import kept


class TestDigest:
    def test_where_a_part_ends_makes_a_difference(self):
        assert kept.digest(b"ab", b"c") != kept.digest(b"a", b"bc")
        assert kept.digest("a', 'b") != kept.digest("a", "b")


class TestLoad:
    @pytest.fixture
    def file(self, tmp_path):
        file = tmp_path / "cache" / "figures" / "dial.json"
        kept.store(file, "key", {"svg": "<svg/>"})
        return file

    def test_what_was_stored_comes_back(self, file):
        assert kept.load(file, "key") == {"svg": "<svg/>"}

    def test_another_key_is_a_miss(self, file):
        assert kept.load(file, "other") is None

    def test_no_file_is_a_miss(self, tmp_path):
        assert kept.load(tmp_path / "none.json", "key") is None

    @pytest.mark.parametrize("damage", [b"", b"\n", b"{}", b'{"key": "key", "con', b"\xff"])
    def test_a_rubbish_file_is_a_miss(self, file, damage):
        file.write_bytes(damage)

        assert kept.load(file, "key") is None


class TestStore:
    def test_nothing_but_the_file_is_left_behind(self, tmp_path):
        for svg in ("old", "new"):
            kept.store(tmp_path / "dial.json", "key", {"svg": svg})

        assert [path.name for path in tmp_path.iterdir()] == ["dial.json"]
        assert kept.load(tmp_path / "dial.json", "key") == {"svg": "new"}

    def test_what_stops_half_way_leaves_the_old(self, tmp_path, monkeypatch):
        kept.store(tmp_path / "dial.json", "key", {"svg": "old"})
        monkeypatch.setattr(Path, "replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            kept.store(tmp_path / "dial.json", "key", {"svg": "new"})

        assert kept.load(tmp_path / "dial.json", "key") == {"svg": "old"}
