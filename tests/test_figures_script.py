import pytest

from softdial_site.figures.script import script

CHAPTER = '''"""A chapter."""

import os
from cmath import sqrt
from math import cos, e, pi, sin, tan, tau

import numpy as np

from softdial_site.figures.registry import figure
from softdial_site.figures.style import QUIET, panel

WIDE = sin(pi) + cos(e) + tan(1)
UNUSED = tau


@figure(alt="", caption="", values={"os": os})
def picture():
    # why it is so
    ax = panel(WIDE)
    part(ax)
    return ax.figure


def part(ax):
    ax.plot(np.arange(3), color=QUIET)


def other():
    return sqrt(UNUSED)
'''


@pytest.fixture
def shown(tmp_path):
    chapter = tmp_path / "chapter.py"
    chapter.write_text(CHAPTER)
    return script(chapter, "picture", "picture.svg")


class TestScript:
    def test_the_function_stands_as_it_is_without_its_decorator(self, shown):
        body = CHAPTER[CHAPTER.index("def picture") : CHAPTER.index("\n\n\ndef part")]

        assert body in shown
        assert "@figure" not in shown

    def test_what_it_needs_comes_along(self, shown):
        for needed in ("WIDE = ", "def part", "def panel", "QUIET, "):
            assert needed in shown

    def test_what_it_does_not_need_stays_away(self, shown):
        for needless in ("UNUSED", "def other", "def digits", "cmath", "tau", "import os"):
            assert needless not in shown

    def test_imports_come_first_and_name_no_module_of_the_site(self, shown):
        imports = (
            "from math import cos, e, pi, sin, tan\n\n"
            "import numpy as np\nfrom matplotlib.figure import Figure\n"
        )

        assert shown.startswith("# Copy freely")
        assert shown.partition("\n")[2].startswith(imports)
        assert "softdial_site" not in shown

    def test_it_ends_by_saving_the_picture(self, shown):
        assert shown.endswith('\n\n\npicture().savefig("picture.svg")\n')

    def test_functions_are_two_lines_apart(self, shown):
        assert shown.count("\ndef ") == shown.count("\n\n\ndef ")
