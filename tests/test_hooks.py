import logging
import re
from types import SimpleNamespace

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

import sites
from softdial_site import hooks
from softdial_site.hooks import outside, source_link


class TestOutside:
    def address(self, link, source="teach/plan.md", site_url="https://a.test/book/"):
        config = MkDocsConfig()
        config.load_dict({"site_name": "a", "site_url": site_url})
        config.validate()
        pages = ["index.md", "learn/odds.md", "teach/plan.md"]
        files = Files([File(page, "docs", "site", use_directory_urls=True) for page in pages])
        return outside(link, source, files, config)

    @pytest.mark.parametrize(
        ("link", "address"),
        [
            ("../learn/odds.md", "learn/odds/"),
            ("../learn/odds.md#log", "learn/odds/#log"),
            ("../learn/odds.md?a=1&b=2#log", "learn/odds/?a=1&b=2#log"),
            ("#log", "teach/plan/#log"),
            ("#", "teach/plan/"),
            ("../index.md", ""),
            ("../index.md?T=1", "?T=1"),
        ],
    )
    def test_a_page_has_the_address_where_it_is_published(self, link, address):
        assert self.address(link) == f"https://a.test/book/{address}"

    def test_other_sites_keep_theirs(self):
        assert self.address("https://b.test/?c#d") == "https://b.test/?c#d"

    def test_a_link_to_nothing_stops_the_build(self):
        with pytest.raises(PluginError, match=r"teach/plan.md links to none.md\?T=1, where"):
            self.address("none.md?T=1")

    def test_a_site_without_an_address_has_none(self):
        assert self.address("../index.md", site_url="") is None


class TestState:
    @pytest.mark.parametrize("name", ["src/a/b.py", "src/a/cases.toml", "requirements.txt"])
    def test_a_change_of_code_data_or_lock_is_seen(self, tmp_path, monkeypatch, name):
        monkeypatch.setattr(hooks, "ROOT", tmp_path)
        for file in ("src/a/b.py", "src/a/cases.toml", "requirements.txt"):
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text("1")
        before = hooks.state()
        (tmp_path / name).write_text("2")
        assert hooks.state() != before


class TestPolicy:
    @pytest.mark.parametrize("command", ["build", "serve"])
    def test_live_reload_gets_no_policy_and_what_is_built_does(
        self, monkeypatch, tmp_path, command
    ):
        asked = []
        gallery = SimpleNamespace(write_downloads=lambda folder: None)
        for name, value in {"gallery": gallery, "math": set(), "also": {}}.items():
            monkeypatch.setattr(hooks.build, name, value, raising=False)
        monkeypatch.setattr(hooks.formulas, "write_font", lambda *_, **__: None)
        monkeypatch.setattr(hooks.theme, "mend_files", lambda assets: None)
        monkeypatch.setattr(hooks.policy, "protect", asked.append)
        monkeypatch.setattr(hooks.searchable, "name_sections", lambda index, names: None)
        hooks.on_startup(command, dirty=False)
        hooks.on_post_build(SimpleNamespace(site_dir=tmp_path))
        assert asked == [tmp_path] * (command == "build")


class TestListed:
    def test_a_figure_that_stands_on_no_page_stops_the_build(self, monkeypatch):
        gallery = SimpleNamespace(list_cards=lambda html, downloads, where: where("odds-line"))
        monkeypatch.setattr(hooks.build, "gallery", gallery, raising=False)
        monkeypatch.setattr(hooks.build, "shown", {}, raising=False)
        page = SimpleNamespace(url="teach/figures/", content="")
        file = SimpleNamespace(src_uri="teach/figures.md", page=page)
        files = SimpleNamespace(documentation_pages=lambda: [file])
        with pytest.raises(
            hooks.figures.FigureError, match="odds-line is listed, and stands on no"
        ):
            hooks.on_env(None, None, files)


class TestSourceLink:
    @pytest.mark.parametrize(("commit", "tree"), [("", "main"), ("0a1b2c3", "0a1b2c3")])
    def test_it_leads_to_the_line_where_the_function_begins(self, monkeypatch, commit, tree):
        monkeypatch.setenv("COMMIT", commit)
        link = source_link("softmax", SimpleNamespace(extra={"repository": "https://a.test/b"}))
        path, line = re.search(rf"https://a.test/b/blob/{tree}/(\S+)#L(\d+)", link).groups()
        lines = (sites.ROOT / path).read_text("utf-8").splitlines()
        assert lines[int(line) - 1].startswith("def softmax(")

    def test_without_a_repository_there_is_none(self):
        assert source_link("softmax", SimpleNamespace(extra={"repository": ""})) == ""


class TestServing:
    @pytest.mark.parametrize("changed", [False, True])
    def test_that_the_code_has_changed_is_told(self, monkeypatch, caplog, changed):
        caplog.set_level(logging.INFO, "mkdocs.softdial")
        monkeypatch.setattr(hooks.figures, "Gallery", lambda folder: SimpleNamespace(summary=""))
        plugins = {"mkdocs-jupyter": SimpleNamespace(config={})}
        hooks.on_startup("serve", dirty=False)
        if changed:
            monkeypatch.setattr(hooks, "state", lambda: "another")
        hooks.on_config(SimpleNamespace(plugins=plugins, extra_css=["assets/_mkdocstrings.css"]))
        assert ("restart to renew the rest" in caplog.text) == changed
        cells = plugins["mkdocs-jupyter"].config["cache_dir"]
        assert cells == hooks.CACHE / "notebooks" / hooks.state()
