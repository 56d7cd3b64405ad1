import math
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

import sites
from softdial_site.figures import style

CSS = (sites.ROOT / "docs/assets/site.css").read_text("utf-8")
PAPER = {"default": "#ffffff", "slate": "#1e2129"}
RULES = {"default": "[data-md-color-scheme]", "slate": '[data-md-color-scheme="slate"]'}


def palette(scheme):
    rule = re.search(rf"{re.escape(RULES[scheme])} {{(.*?)}}", CSS, re.DOTALL)[1]
    return dict(re.findall(r"--fig-(\w+): (#\w{6})", rule))


def luminance(color):
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def ax():
    return style.panel(style.STANDARD)


class TestPalette:
    @pytest.mark.parametrize("scheme", PAPER)
    def test_all_four_colors_can_be_read_as_text(self, scheme):
        ratios = {name: contrast(color, PAPER[scheme]) for name, color in palette(scheme).items()}

        assert set(ratios) == {"ink", "quiet", "cold", "hot"}
        assert min(ratios.values()) >= 4.5

    def test_the_drawn_colors_are_those_of_the_light_scheme(self):
        drawn = {"ink": style.INK, "quiet": style.QUIET, "cold": style.COLD, "hot": style.HOT}

        assert palette("default") == {name: color.lower() for name, color in drawn.items()}

    def test_contrast_agrees_with_known_ratios(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)

    def test_a_color_of_the_other_scheme_is_found_too_weak(self):
        assert contrast(palette("slate")["hot"], PAPER["default"]) < 3


class TestPanel:
    def test_margins_are_points_on_a_canvas_of_360(self):
        ax = style.panel(style.SQUARE, left=36, right=72, bottom=18, top=36)
        box = ax.get_position().extents * [360, 288, 360, 288]

        assert isinstance(ax.figure, Figure)
        assert box == pytest.approx([36, 18, 360 - 72, 288 - 36])

    def test_only_the_left_and_the_bottom_spine_show(self, ax):
        shown = {side for side, spine in ax.spines.items() if spine.get_visible()}

        assert shown == {"left", "bottom"}


class TestTemperatureAxis:
    def test_powers_of_two_are_evenly_spaced_and_written_as_fractions(self, ax):
        style.temperature_axis(ax, 0.25, 4)
        places = ax.transData.transform([(tick, 0) for tick in ax.get_xticks()])[:, 0]

        labels = [text.get_text() for text in ax.get_xticklabels()]
        assert labels == ["T = ¼", "½", "1", "2", "4"]
        assert np.ptp(np.diff(places)) == pytest.approx(0, abs=1e-9)

    def test_a_dotted_quiet_line_marks_one(self, ax):
        style.temperature_axis(ax, 0.25, 4)
        (line,) = ax.lines

        assert set(line.get_xdata()) == {1}
        assert (line.get_linestyle(), line.get_color()) == (":", style.QUIET)


class TestSweep:
    def test_it_rises_from_end_to_end_through_exactly_one(self):
        temperatures = style.sweep(0.25, 32)

        assert (temperatures[0], temperatures[-1]) == pytest.approx((0.25, 32))
        assert 1 in temperatures
        assert (np.diff(temperatures) > 0).all()


class TestCurve:
    def test_the_cold_part_is_solid_and_the_hot_part_dashed(self, ax):
        temperatures = style.sweep(0.5, 2)
        style.curve(ax, temperatures, temperatures, temperatures)
        cold, hot = ax.lines

        assert (cold.get_linestyle(), cold.get_color()) == ("-", style.COLD)
        assert (hot.get_linestyle(), hot.get_color()) == ("--", style.HOT)
        assert cold.get_xdata()[-1] == hot.get_xdata()[0] == 1


class TestLook:
    def test_each_side_of_one_has_its_own_color_and_line(self):
        looks = [tuple(style.look(temperature).values()) for temperature in (0, 0.99, 1, 1.01)]

        assert looks[0] == looks[1]
        assert len(set(looks)) == 3
        assert all(len(set(part)) == 3 for part in zip(*looks[1:], strict=True))


class TestLabel:
    def test_the_shift_is_in_points(self, ax):
        style.label(ax, "here", (0.5, 0.5), (10, -20))
        (text,) = ax.texts
        ax.figure.draw_without_rendering()

        moved = text.get_transform().transform(text.get_position())
        place = ax.transData.transform((0.5, 0.5))
        assert (moved - place) * 72 / ax.figure.dpi == pytest.approx([10, -20])


class TestDot:
    def test_it_is_one_marker_at_the_point(self, ax):
        style.dot(ax, (0.2, 0.4), style.HOT)
        (line,) = ax.lines

        assert line.get_xydata().tolist() == [[0.2, 0.4]]
        assert line.get_markerfacecolor() == style.HOT


class TestArrow:
    def test_it_is_drawn_outside_the_axes_too(self, ax):
        style.arrow(ax, (0, -1), (1, -1))
        (arrow,) = ax.texts

        assert arrow.xy == (1, -1)
        assert arrow.get_annotation_clip() is False


class TestDigits:
    @pytest.mark.parametrize(
        ("number", "written"),
        [
            (0.75, "0.75"),
            (9.000000000000002, "9"),
            (math.log(3), "1.10"),
            (0.44528931866219296, "0.445"),
            (0.012195, "0.0122"),
            (-2.1972, "\N{MINUS SIGN}2.20"),
            (100.4, "100"),
            (0, "0"),
            (math.inf, "∞"),
        ],
    )
    def test_three_significant_digits_unless_fewer_are_exact(self, number, written):
        assert style.digits(number) == written


class TestShort:
    def test_common_fractions_have_their_sign(self):
        assert [style.short(x) for x in (0.25, 0.5, 0.75, 1)] == ["¼", "½", "0.75", "1"]
