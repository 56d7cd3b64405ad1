import io
import re
from xml.etree import ElementTree as ET

import matplotlib
import pytest

from softdial_site.figures.catalog import FigureError
from softdial_site.figures.style import COLD, HOT, QUIET, STANDARD, label, panel
from softdial_site.figures.svg import Lean


def lean(paint, name="odds-power"):
    ax = panel(STANDARD)
    paint(ax)
    drawn = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        ax.figure.savefig(drawn, format="svg", transparent=True)
    return Lean(name, drawn.getvalue())


def some(ax):
    label(ax, "T < 1 & cold", (0.5, 0.5), color=COLD)
    ax.plot([0.2, 0.8], [0.3, 0.3], "o", color=HOT, clip_on=False)
    ax.vlines([0.1, 0.2, 0.3], 0, 1, QUIET, clip_on=False)


@pytest.fixture(scope="module")
def inline():
    return lean(some).inline('Alt "text" < 200', 'Read "it" & <so>')


@pytest.fixture(scope="module")
def standalone():
    return lean(some).standalone("The & <claim>", "Alt text")


class TestInline:
    def test_it_is_well_formed(self, inline):
        assert ET.fromstring(inline).tag.endswith("svg")

    def test_nothing_but_presentation_attributes_styles_it(self, inline):
        assert "style" not in inline
        assert "font-family" not in inline
        assert "clip" not in inline

    def test_only_the_theme_gives_colors(self, inline):
        used = set(re.findall(r'(?:fill|stroke)="(.*?)"', inline))

        assert used == {"none"} | {f"var(--fig-{c})" for c in ("ink", "quiet", "cold", "hot")}

    def test_it_scales_by_its_view_box_alone(self, inline):
        root = ET.fromstring(inline)

        assert root.attrib["viewBox"] == "0 0 360 187.2"
        assert not root.attrib.keys() & {"width", "height"}

    def test_every_id_starts_with_the_name_and_every_reference_finds_one(self, inline):
        ids = re.findall(r'\bid="(.*?)"', inline)
        references = set(re.findall(r'xlink:href="#(.*?)"', inline))
        labels = set(re.findall(r'aria-\w+="(.*?)"', inline))

        assert all(name.startswith("fig-odds-power-") for name in ids)
        assert len(ids) == len(set(ids))
        assert set(ids) == references | labels
        assert references

    def test_name_and_description_are_text_and_no_tooltip(self, inline):
        root = ET.fromstring(inline)
        holder = next(iter(root))
        title, description = holder

        assert root.attrib["role"] == "img"
        assert title.text == 'Alt "text" < 200'
        assert description.text == 'Read "it" & <so>'
        assert title.attrib["id"] == root.attrib["aria-labelledby"]
        assert description.attrib["id"] == root.attrib["aria-describedby"]
        # A direct child of the root would pop up wherever the pointer rests.
        assert root.find("{*}title") is None

    def test_text_stays_text(self, inline):
        assert "T < 1 & cold" in [text.text for text in ET.fromstring(inline).findall(".//{*}text")]

    def test_no_link_and_no_plain_href_stands_in_it(self, inline):
        assert not re.search(r"<a\b|\shref=", inline)

    def test_lines_of_one_look_are_one_path(self, inline):
        starts = [
            path.attrib["d"].count("M") for path in ET.fromstring(inline).findall(".//{*}path")
        ]

        assert 3 in starts

    def test_text_without_a_color_takes_the_ink(self):
        picture = lean(lambda ax: ax.text(0, 0, "plain")).inline("a", "b")

        assert ET.fromstring(picture).attrib["fill"] == "var(--fig-ink)"

    @pytest.mark.parametrize(
        "paint",
        [
            lambda ax: ax.plot([0, 1], color="red", clip_on=False),
            lambda ax: ax.bar(0, 1, color="none", ec=QUIET, hatch="/", clip_on=False),
            lambda ax: ax.plot([0, 1], color=QUIET),
        ],
        ids=["a strange color", "a hatch", "a clip path"],
    )
    def test_what_a_theme_cannot_carry_is_refused(self, paint):
        with pytest.raises(FigureError, match="odds-power uses"):
            lean(paint)


class TestStandalone:
    def test_it_can_be_read_alone(self, standalone):
        root = ET.fromstring(standalone.encode())

        assert standalone.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
        assert "var(" not in standalone
        assert COLD.lower() in standalone
        assert root.attrib["font-family"].endswith("sans-serif")
        assert root.find("{*}rect").attrib["fill"] == "#fff"
        assert (root.attrib["width"], root.attrib["height"]) == ("720", "374.4")

    def test_title_description_and_license_are_in_it(self, standalone):
        root = ET.fromstring(standalone.encode())
        (license,) = root.iter("{http://creativecommons.org/ns#}license")

        assert root.find("{*}title").text == "The & <claim>"
        assert root.find("{*}desc").text == "Alt text"
        assert "by/4.0" in next(iter(license.attrib.values()))
