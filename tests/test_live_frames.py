import pytest

from softdial_site.live import VERSION, mark, names, ready, strangers

NUMPY = "import math\nimport numpy as np"


def page(*codes):
    """A page with a frame for each code."""
    frame = '<div class="snippet"><div class="language-python"><code>{}</code></div></div>'
    return "<p>Text.</p>".join(frame.format(code) for code in codes)


class TestReady:
    def test_what_needs_python_alone_runs(self):
        assert ready(["import math\nx = math.pi", "x", "print(len([x]))"]) == [True, True, True]

    def test_what_imports_anything_else_does_not(self):
        assert ready([NUMPY, "def f():\n    from scipy import special"]) == [False, False]

    def test_nor_does_what_uses_such_an_import(self):
        assert ready([NUMPY, "np.exp(0)", "def f():\n    return np.e"]) == [False, False, False]

    def test_nor_what_uses_a_name_that_was_bound_there(self):
        assert ready([f"{NUMPY}\nx = np.e", "y = x", "y"]) == [False, False, False]

    def test_of_what_was_bound_there_every_session_has_math_alone(self):
        assert ready([f"import cmath\n{NUMPY}", "math.e", "cmath.e"]) == [False, True, False]

    def test_a_local_name_is_not_that_of_the_page(self):
        codes = [f"{NUMPY}\nx = np.e", "def f():\n    x = 1\n    return x", "[x for x in 'ab']"]
        assert ready(codes) == [False, True, True]

    def test_a_name_that_is_bound_anew_can_be_used_again(self):
        assert ready([f"{NUMPY}\nx = np.e", "x = 1", "x"]) == [False, True, True]
        assert ready([f"{NUMPY}\nx = np.e", "x = 1\nprint(x)"]) == [False, True]


class TestStrangers:
    @pytest.mark.parametrize(
        ("code", "found"),
        [
            ("import math, os.path, cmath as c", set()),
            ("def f():\n    from math import e, pi as p", set()),
            ("import math, numpy as np", {"numpy"}),
            ("from scipy.special import softmax", {"scipy"}),
            ("from .math import e", {"."}),
            ("from . import other", {"."}),
        ],
    )
    def test_what_is_not_of_the_standard_library_is_found(self, code, found):
        assert strangers(code) == found


class TestNames:
    def test_definitions_loops_and_imports_bind(self):
        bound, _ = names("import a\ndef f(): pass\nfor i in x:\n    y = i\nclass C: pass")
        assert bound == {"a", "f", "i", "y", "C"}

    def test_names_used_in_functions_belong_to_the_page(self):
        _, used = names("def f(x):\n    return [x + y + z for y in x]")
        assert used == {"z"}


class TestMark:
    def test_a_frame_that_runs_becomes_an_element(self):
        html = mark(page("1"), "python", "../assets/")
        assert f'<live-python class="snippet" version="{VERSION}">' in html
        assert html.endswith('<script type="module" async src="../assets/live.js"></script>')

    def test_one_that_does_not_stays_as_it_is(self):
        html = mark(page(NUMPY, "math.e"), "partly", "")
        assert html.count('<div class="snippet">') == html.count("<live-python ") == 1

    def test_a_page_that_promises_too_much_stops_the_build(self):
        with pytest.raises(ValueError, match="import numpy as np"):
            mark(page("1", NUMPY), "python", "")

    def test_so_does_a_page_that_runs_nothing(self):
        with pytest.raises(ValueError, match="partly if some"):
            mark(page(NUMPY), "partly", "")

    def test_so_does_an_unknown_word(self):
        with pytest.raises(ValueError, match="run: Python; write python if all"):
            mark(page("1"), "Python", "")
