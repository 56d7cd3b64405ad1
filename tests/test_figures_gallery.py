import gzip
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.textpath import TextPath

import softdial
from sites import ROOT
from softdial_site.figures import FigureError, Gallery, gallery
from softdial_site.figures.catalog import catalog
from softdial_site.figures.style import digits

NAMES = list(catalog())
BLOCKED = """
import runpy, sys
import matplotlib
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "softdial_site":
            raise ImportError(f"{name} is not for readers")
sys.meta_path.insert(0, Block())
matplotlib.rcParams["svg.fonttype"] = "none"
for file in sys.argv[1:]:
    runpy.run_path(file)
"""


CACHE = ROOT / ".cache" / "figures"


@pytest.fixture(scope="module")
def drawn():
    """As the build draws them; that others draw the same is seen where two builds are compared."""
    return Gallery(CACHE)


@pytest.fixture(scope="module")
def figures(drawn):
    return {name: drawn.figure_html(name, "figures/", "api/") for name in NAMES}


@pytest.fixture(scope="module")
def scripts(drawn, tmp_path_factory):
    """A reader's folder with the code of each figure."""
    folder = tmp_path_factory.mktemp("reader")
    drawn.write_downloads(folder)
    for picture in {*folder.iterdir()} - {*folder.glob("*.py")}:
        picture.unlink()
    return folder


@pytest.fixture
def fake(monkeypatch):
    """Drawings that cost nothing, and the names that were asked for."""
    asked = []

    def draw_apart(names):
        asked.append(names)
        return {name: {"svg": name} for name in names}

    monkeypatch.setattr(gallery, "draw_apart", draw_apart)
    return asked


def picture(html):
    return html[html.index("<svg") : html.index("</svg>") + 6]


def texts(svg):
    """Each text of a picture with its box, wide enough for a font 8 % wider."""
    for node in ET.fromstring(svg).findall(".//{*}text"):
        numbers = re.findall(r"-?[\d.]+", node.get("transform", ""))
        x, y = map(float, numbers or (node.get("x"), node.get("y")))
        width = 1.08 * TextPath((0, 0), node.text, size=10).get_extents().x1
        left = x - width * {"middle": 0.5, "end": 1}.get(node.get("text-anchor"), 0)
        yield node.text, (left, y - 7.5, left + width, y + 2)


def collisions(svg):
    for (one, a), (other, b) in combinations(texts(svg), 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            yield one, other


def outside(svg):
    width, height = map(float, ET.fromstring(svg).get("viewBox").split()[2:])
    for text, (left, top, right, bottom) in texts(svg):
        if left < 0 or top < 0 or right > width or bottom > height:
            yield text


def repeated_ids(html):
    times = Counter(re.findall(r'\bid="(.*?)"', html))
    return [name for name, count in times.items() if count > 1]


def styles(html):
    return re.findall(r"<style|\bstyle=", html)


def undeclared(words, values):
    """Numbers with a decimal point that no declared value explains."""
    known = {digits(abs(value)) for value in values}
    return set(re.findall(r"\d+\.\d+", words)) - known


class TestGallery:
    def test_the_first_build_draws_and_the_second_takes_from_the_cache(self, tmp_path, fake):
        counts = [Gallery(tmp_path).summary for _ in range(2)]

        assert counts == [f"figures: {len(NAMES)}, {n} from cache" for n in (0, len(NAMES))]
        assert fake == [NAMES, []]

    def test_a_damaged_entry_is_drawn_again(self, tmp_path, fake):
        Gallery(tmp_path)
        (tmp_path / f"{NAMES[0]}.json").write_text("{}")
        Gallery(tmp_path)

        assert fake[1] == NAMES[:1]

    def test_a_change_in_the_package_draws_everything_again(self, tmp_path, fake, monkeypatch):
        Gallery(tmp_path)
        core = tmp_path / "softdial"
        core.mkdir()
        (core / "normalize.py").write_text("changed = True")
        monkeypatch.setattr(gallery.cache, "CORE", core)
        Gallery(tmp_path)

        assert fake[1] == NAMES

    def test_a_full_cache_imports_neither_matplotlib_nor_numpy(self, drawn):
        code = (
            "import pathlib, sys; from softdial_site.figures import Gallery\n"
            f"print(Gallery(pathlib.Path({str(CACHE)!r})).summary)\n"
            "print({'matplotlib', 'numpy'} & set(sys.modules))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert run.stdout == f"figures: {len(NAMES)}, {len(NAMES)} from cache\nset()\n"

    def test_an_unknown_name_lists_the_nearest(self, drawn):
        with pytest.raises(FigureError, match=r"odds-pover.*nearest: temperature-odds-power"):
            drawn.declared_values("temperature-odds-pover")

    def test_an_unknown_figure_on_a_page_stops_the_build(self, drawn):
        with pytest.raises(FigureError, match="index-dail"):
            drawn.place('<p><img alt="" src="fig:index-dail" /></p>', "", "")

    def test_the_same_figure_twice_is_refused(self, drawn):
        with pytest.raises(FigureError, match="index-dial stands 2 times"):
            drawn.place(2 * '<p><img alt="" src="fig:index-dial" /></p>', "", "")

    def test_a_page_gets_its_figures(self, drawn, figures):
        html = '<p>a</p><p><img alt="" src="fig:index-dial" /></p>'

        assert drawn.place(html, "figures/", "api/") == "<p>a</p>" + figures["index-dial"]

    def test_a_list_has_the_cards_of_one_chapter(self, drawn):
        html = '<p><img alt="" src="gallery:index" /></p>'
        listed = drawn.list_cards(html, "figures/", lambda name: (f"{name}/", ""))

        assert listed.count('class="fig card"') == 1
        assert 'href="index-dial/#fig-index-dial"' in listed

    def test_a_list_of_an_unknown_chapter_stops_the_build(self, drawn):
        with pytest.raises(ValueError, match="there is no gallery:indx; there are"):
            drawn.list_cards('<p><img alt="" src="gallery:indx" /></p>', "", str)

    def test_downloads_are_the_three_files_of_each_name(self, drawn, tmp_path):
        drawn.write_downloads(tmp_path / "site" / "figures")
        files = {file.name: file for file in (tmp_path / "site" / "figures").iterdir()}

        assert set(files) == {f"{name}.{kind}" for name in NAMES for kind in ("svg", "png", "py")}
        assert ET.parse(files["index-dial.svg"]).getroot().tag.endswith("svg")
        assert files["index-dial.png"].read_bytes().startswith(b"\x89PNG")


class TestDrawApart:
    def test_no_names_start_no_process(self, monkeypatch):
        monkeypatch.setattr(gallery, "subprocess", None)

        assert gallery.draw_apart([]) == {}

    def test_what_goes_wrong_is_reported_with_the_name(self):
        with pytest.raises(FigureError, match="while drawing figure no-such"):
            gallery.draw_apart(["no-such"])


class TestEveryFigure:
    def test_no_id_stands_twice_in_all_of_them(self, figures):
        assert repeated_ids("".join(figures.values())) == []

    def test_the_ids_of_a_figure_placed_twice_are_seen(self, figures):
        assert "fig-index-dial" in repeated_ids(figures["index-dial"] * 2)

    @pytest.mark.parametrize("name", NAMES)
    def test_it_is_light_and_holds_no_style(self, figures, name):
        assert len(gzip.compress(picture(figures[name]).encode())) <= 3_000
        assert styles(figures[name]) == []

    def test_a_style_is_seen(self, figures):
        styled = figures["index-dial"].replace("<path", '<path style="fill: red"', 1)

        assert styles(f"<style>p {{}}</style>{styled}") == ["<style", "style="]

    @pytest.mark.parametrize("name", NAMES)
    def test_no_label_touches_another_or_leaves_the_picture(self, figures, name):
        assert list(collisions(picture(figures[name]))) == []
        assert list(outside(picture(figures[name]))) == []

    def test_a_label_moved_onto_another_or_out_is_seen(self, figures):
        svg = picture(figures["index-dial"])
        first, second = re.findall(r'<text x="[\d.]+" y="[\d.]+"', svg)[:2]

        assert list(collisions(svg.replace(second, first)))
        assert list(outside(svg.replace(first, '<text x="-5" y="20"')))

    @pytest.mark.parametrize("name", NAMES)
    def test_every_number_it_says_or_shows_is_declared(self, drawn, figures, name):
        values = drawn.declared_values(name)
        words = " ".join(
            [figures[name].split("<details")[0].split("</svg>")[1], *said(figures[name])]
        )

        assert values
        assert undeclared(words, values) == set()

    def test_a_number_nobody_declared_is_seen(self, drawn, figures):
        values = drawn.declared_values("index-dial")

        assert undeclared("It is 0.76, not 0.25.", values) == {"0.76"}

    @pytest.mark.parametrize("name", NAMES)
    def test_the_caption_links_a_public_function(self, figures, name):
        (function,) = re.findall(r'href="api/#softdial\.(\w+)"', figures[name])

        assert function in softdial.__all__


class TestGain:
    def test_it_draws_what_its_page_prints(self, drawn):
        labels, mild, warm = np.reshape(drawn.declared_values("distillation-gain"), (3, -1))
        page = (ROOT / "docs" / "learn" / "distillation.md").read_text("utf-8")
        printed = re.findall(r"(?m)^10+ (?:labels|soft targets at T = \d): (.*)$", page)

        # of 10, 100 and 1,000 labels, then of 10 soft targets at both T
        shown = *labels[[2, 4, -1]], mild[2], warm[2]
        assert printed == [f"{share:.2f}" for share in shown]


class TestShownCode:
    def run(self, folder, *files):
        command = [sys.executable, "-c", BLOCKED, *files]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    def test_it_draws_the_same_labels_without_the_site(self, drawn, figures, scripts):
        run = self.run(scripts, *(f"{name}.py" for name in NAMES))

        assert run.returncode == 0, run.stderr
        for name in NAMES:
            alone = (scripts / f"{name}.svg").read_text("utf-8")
            assert labels(alone) == labels(picture(figures[name]))

    def test_a_script_that_needs_the_site_fails(self, tmp_path):
        (tmp_path / "needy.py").write_text("import softdial_site.figures")

        assert "not for readers" in self.run(tmp_path, "needy.py").stderr

    def test_it_holds_no_needless_name_and_no_long_line(self, scripts):
        assert self.lint(scripts) == "All checks passed!\n"

    def test_a_needless_import_is_seen(self, tmp_path):
        (tmp_path / "needless.py").write_text("import math")

        assert "`math` imported but unused" in self.lint(tmp_path)

    def lint(self, folder):
        rules = ["--isolated", "--no-cache", "--select=F,E501", "--line-length=72"]
        command = [sys.executable, "-m", "ruff", "check", *rules, folder]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def labels(svg):
    return [node.text for node in ET.fromstring(svg).findall(".//{*}text")]


def said(html):
    root = ET.fromstring(picture(html))
    return [
        node.text for tag in ("title", "desc", "text") for node in root.findall(f".//{{*}}{tag}")
    ]
