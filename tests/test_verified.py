import pytest
from bs4 import BeautifulSoup

from softdial_site import numbers, verified

PAGE = """
<h1>A<a class="headerlink" href="#a">¶</a></h1>
<p>It is 0.5 and 3 to 1, by <math><mn>0.75</mn></math> with numpy 2.4, see
<a href="../b/#c">b</a>, <a href="https://c.test">c</a>.</p>
<div class="snippet"><div class="language-python">f</div>
<div class="output"><pre>0.25</pre></div></div>
<div class="language-python doc-signature">f(x)</div>
<figure class="fig"><svg></svg><div class="fig-source"><div class="language-python">g</div></div>
</figure><figure class="fig card"></figure><a-explorer class="explorer"></a-explorer>
"""
COUNTS = {
    "pages": 1,
    "blocks of code": 1,
    "outputs": 1,
    "numbers in prose": 2,
    "figures": 1,
    "explorers": 1,
    "formulas": 1,
    "links within the site": 1,
}


class TestCount:
    def test_everything_is_counted_once_and_nothing_else(self):
        assert verified.count(PAGE, ["numpy"]) == COUNTS

    def test_an_empty_page_is_a_page(self):
        assert verified.count("", []) == dict.fromkeys(COUNTS, 0) | {"pages": 1}

    def test_all_that_is_counted_is_told(self):
        assert set(verified.CHECKED) == set(COUNTS)


class TestTotal:
    def test_pages_add_up(self, tmp_path):
        sums = verified.total({"a.md": PAGE, "b/c.md": PAGE}, ["numpy"], tmp_path)

        assert sums == {name: 2 * number for name, number in COUNTS.items()}

    def test_a_page_that_has_not_changed_is_not_counted_again(self, tmp_path, monkeypatch):
        first = verified.total({"a.md": PAGE}, ["numpy"], tmp_path)
        monkeypatch.setattr(verified, "count", None)

        assert verified.total({"a.md": PAGE}, ["numpy"], tmp_path) == first

    @pytest.mark.parametrize(
        ("html", "products"), [(PAGE + "<p>0.1</p>", ["numpy"]), (PAGE, ["numpy", "by"])]
    )
    def test_a_change_is_counted(self, tmp_path, html, products):
        verified.total({"a.md": PAGE}, ["numpy"], tmp_path)

        assert verified.total({"a.md": html}, products, tmp_path) == verified.count(html, products)

    @pytest.mark.parametrize("module", [verified, numbers])
    def test_another_rule_counts_anew(self, tmp_path, monkeypatch, module):
        verified.total({"a.md": PAGE}, ["numpy"], tmp_path)
        (tmp_path / "rule.py").write_text("another")
        monkeypatch.setattr(module, "__file__", tmp_path / "rule.py")
        monkeypatch.setattr(verified, "count", lambda *_: {"pages": 7})

        assert verified.total({"a.md": PAGE}, ["numpy"], tmp_path) == {"pages": 7}


class TestPlace:
    def test_the_counts_stand_in_a_table(self):
        html = verified.place(
            '<p><img alt="" src="build:counts"></p>', COUNTS | {"pages": 1234}, ""
        )
        head, pages, *_ = BeautifulSoup(html, "html.parser").select("tr")

        assert [cell.get_text() for cell in head] == ["what", "how many", "each is"]
        told = ["pages", "1,234", verified.CHECKED["pages"]]
        assert [cell.get_text() for cell in pages] == told

    @pytest.mark.parametrize(
        ("commit", "told"), [("0123456789abcdef" * 2, ">0123456789ab<"), ("", "a working copy")]
    )
    def test_the_commit_is_told_where_one_is_published(self, commit, told):
        html = verified.place('<p><img alt="" src="build:versions"></p>', {}, commit)

        assert told in html
        head, *rows = BeautifulSoup(html, "html.parser").select("tr")
        assert [cell.get_text() for cell in head] == ["of", "version"]
        names = [row.th.get_text() for row in rows]
        assert names == ["commit", "Python", *verified.PACKAGES]

    def test_an_unknown_table_stops_the_build(self):
        with pytest.raises(ValueError, match="no build:figures; there are counts, versions"):
            verified.place('<p><img alt="" src="build:figures"></p>', {}, "")
