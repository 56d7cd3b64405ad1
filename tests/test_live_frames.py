import pytest

from softdial_site.live.frames import LiveError, imports, mark, names, preludes

NUMPY = "import math\nimport numpy as np"


def page(*codes):
    """A page with a frame for each code."""
    frame = '<div class="snippet"><div class="language-python"><code>{}</code></div></div>'
    return "<p>Text.</p>".join(frame.format(code) for code in codes)


class TestPreludes:
    def test_what_needs_python_alone_runs_as_it_stands(self):
        assert preludes(["import math\nx = math.pi", "x", "print(len([x]))"]) == ["", "", ""]

    def test_what_imports_anything_else_does_not(self):
        assert preludes([NUMPY, "def f():\n    from scipy import special"]) == [None, None]

    def test_nor_does_what_uses_such_an_import(self):
        assert preludes([NUMPY, "np.exp(0)", "def f():\n    return np.e"]) == [None, None, None]

    def test_nor_what_uses_a_name_that_was_bound_there(self):
        assert preludes([f"{NUMPY}\nx = np.e", "y = x", "y"]) == [None, None, None]

    def test_the_standard_imports_among_others_are_given(self):
        assert preludes([NUMPY, "math.e"]) == [None, "import math"]

    def test_a_local_name_is_not_that_of_the_page(self):
        codes = [f"{NUMPY}\nx = np.e", "def f():\n    x = 1\n    return x", "[x for x in 'ab']"]
        assert preludes(codes) == [None, "", ""]

    def test_a_name_that_is_bound_anew_can_be_used_again(self):
        assert preludes([f"{NUMPY}\nx = np.e", "x = 1", "x"]) == [None, "", ""]


class TestImports:
    @pytest.mark.parametrize(
        ("code", "found"),
        [
            ("import math, cmath as c", {"math": "import math", "c": "import cmath as c"}),
            ("import os.path", {"os": "import os.path"}),
            (
                "from math import e, pi as p",
                {"e": "from math import e", "p": "from math import pi as p"},
            ),
            ("import numpy as np", {"np": ""}),
            ("from scipy.special import softmax", {"softmax": ""}),
            ("from . import other", {"other": ""}),
        ],
    )
    def test_each_name_has_an_import_of_its_own(self, code, found):
        assert imports(code) == found


class TestNames:
    def test_definitions_loops_and_imports_bind(self):
        bound, _ = names("import a\ndef f(): pass\nfor i in x:\n    y = i\nclass C: pass")
        assert bound == {"a", "f", "i", "y", "C"}

    def test_names_used_in_functions_belong_to_the_page(self):
        _, used = names("def f(x):\n    return [x + y + z for y in x]")
        assert used == {"z"}


class TestMark:
    def test_a_frame_that_runs_becomes_an_element(self):
        html = mark(page("1"), "python", "../assets/", "1.2")
        assert '<live-python class="snippet" version="1.2">' in html
        assert html.endswith('<script type="module" async src="../assets/live.js"></script>')

    def test_its_imports_are_given_to_it(self):
        html = mark(page(NUMPY, "math.e"), "partly", "", "1.2")
        assert '<div class="snippet">' in html
        assert '<live-python class="snippet" given="import math" version="1.2">' in html

    def test_a_page_that_promises_too_much_stops_the_build(self):
        with pytest.raises(LiveError, match="import numpy as np"):
            mark(page("1", NUMPY), "python", "", "1.2")

    def test_so_does_a_page_that_runs_nothing(self):
        with pytest.raises(LiveError, match="nothing on the page"):
            mark(page(NUMPY), "partly", "", "1.2")

    def test_so_does_an_unknown_word(self):
        with pytest.raises(LiveError, match="write python or partly"):
            mark(page("1"), "Python", "", "1.2")
