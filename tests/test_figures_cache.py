import shutil

import pytest

from softdial_site.figures import cache
from softdial_site.figures.catalog import catalog


@pytest.fixture
def core(tmp_path):
    return shutil.copytree(cache.CORE, tmp_path / "softdial")


@pytest.fixture
def chapter(tmp_path):
    return shutil.copy(catalog()["index-dial"], tmp_path)


class TestCore:
    def test_it_is_where_the_package_lies(self):
        import softdial

        assert cache.CORE.samefile(softdial.__path__[0])


class TestKey:
    def test_equal_sources_have_equal_keys(self, chapter, core):
        key = cache.key(catalog()["index-dial"], cache.CORE)

        assert cache.key(cache.Path(chapter), core) == key

    def test_a_change_in_the_package_is_a_change_of_the_key(self, core):
        chapter = catalog()["index-dial"]
        before = cache.key(chapter, core)
        file = core / "normalize.py"
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")

        assert cache.key(chapter, core) != before

    def test_a_change_in_the_chapter_is_a_change_of_the_key(self, chapter, core):
        chapter = cache.Path(chapter)
        before = cache.key(chapter, core)
        chapter.write_text(chapter.read_text("utf-8") + "\n", "utf-8")

        assert cache.key(chapter, core) != before

    @pytest.mark.parametrize("package", ["matplotlib", "numpy"])
    def test_another_version_is_a_change_of_the_key(self, core, monkeypatch, package):
        chapter = catalog()["index-dial"]
        before = cache.key(chapter, core)
        version = cache.version
        monkeypatch.setattr(cache, "version", lambda name: version(name) + (name == package) * "1")

        assert cache.key(chapter, core) != before

    def test_another_chapter_does_not_enter_the_key(self, core, monkeypatch, tmp_path):
        chapter = catalog()["index-dial"]
        machinery = {path for path in cache.FOLDER.glob("*.py") if path.stem in ("style", "svg")}
        for path in (chapter, *machinery, stranger := catalog()["odds-four-scales"]):
            shutil.copy(path, tmp_path)
        monkeypatch.setattr(cache, "FOLDER", tmp_path)
        chapters = {"a": tmp_path / chapter.name, "b": tmp_path / stranger.name}
        monkeypatch.setattr(cache, "catalog", lambda: chapters)
        before = cache.key(chapters["a"], core)

        chapters["b"].write_text("")
        assert cache.key(chapters["a"], core) == before

        (tmp_path / "style.py").write_text("")
        assert cache.key(chapters["a"], core) != before
