"""Imports run one way; this reads them."""

import ast
import doctest
import re
import sys
from operator import attrgetter

import pytest
from sybil import Document

import sites
from running import cells, needs_extra
from softdial_site.crosswalk import EXTRA
from softdial_site.live import GIVEN

CORE = {
    "normalize": {"_inputs"},
    "odds": {"_inputs"},
    "information": {"_inputs", "normalize"},
    "gradients": {"normalize"},
    "truncation": {"_inputs", "normalize"},
    "sampling": {"_inputs", "normalize"},
    "calibration": {"normalize", "information"},
}
SRC = sites.ROOT / "src"
name_of = attrgetter("name")
LEARN = sites.ROOT / "docs" / "learn"
DOCS = sites.ROOT / "docs"
LOCKED = {"softdial", "numpy", "scipy", "matplotlib"}
FENCE = re.compile(r"^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```", re.M | re.S)


def imports(code, package=""):
    """Yield the full name of every module that the code imports from."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = ".".join(filter(None, [package * bool(node.level), node.module]))
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def roots(code, package=""):
    return {name.partition(".")[0] for name in imports(code, package)}


def siblings(code):
    """Return what a module of the core imports from the core."""
    parts = (name.split(".") for name in imports(code, "softdial"))
    return {sibling for root, *rest in parts if root == "softdial" for sibling in rest[:1]}


def page_code(markdown):
    """Return the code of a page: its fences, without prompts and outputs."""
    for fence in FENCE.finditer(markdown):
        examples = doctest.DocTestParser().get_examples(fence["code"])
        lines = (line.removeprefix(fence["indent"]) for line in fence["code"].splitlines())
        yield "".join(example.source for example in examples) or "\n".join(lines)


def notebook_code(text):
    """Return the code of a notebook: its cells."""
    return [region.parsed for region in cells(Document(text, "notebook.py"))]


def files(folder, pattern):
    found = sorted(folder.glob(pattern))
    assert found, f"no {pattern} in {folder}"
    return found


class TestCore:
    @pytest.mark.parametrize("file", files(SRC / "softdial", "*.py"), ids=name_of)
    def test_the_core_needs_numpy_alone(self, file):
        strangers = roots(file.read_text("utf-8"), "softdial") - set(sys.stdlib_module_names)

        assert strangers <= {"numpy", "softdial"}

    @pytest.mark.parametrize("file", files(SRC / "softdial", "[!_]*.py"), ids=name_of)
    def test_a_module_imports_only_the_modules_below_it(self, file):
        assert siblings(file.read_text("utf-8")) <= CORE[file.stem]

    def test_the_input_rules_import_no_other_module(self):
        assert siblings((SRC / "softdial" / "_inputs.py").read_text("utf-8")) == set()


class TestMachinery:
    @pytest.mark.parametrize(
        ("library", "home"), [("mkdocs", "hooks.py"), ("matplotlib", "figures/")]
    )
    def test_a_heavy_library_has_one_home(self, library, home):
        site = SRC / "softdial_site"
        users = {
            file.relative_to(site).as_posix()
            for file in files(site, "**/*.py")
            if library in roots(file.read_text("utf-8"))
        }

        assert all(user.startswith(home) for user in users)


class TestLearnPages:
    @pytest.mark.parametrize("file", files(LEARN, "*.*"), ids=name_of)
    def test_a_chapter_needs_softdial_numpy_and_math_alone(self, file):
        text = file.read_text("utf-8")
        codes = [text] if file.suffix == ".py" else page_code(text)
        # this chapter shows what `fit_temperature` warns of, and has to catch it for that
        warned = {"warnings"} if file.stem == "calibration" else set()

        assert set().union(*map(roots, codes)) <= {"softdial", "numpy", "math"} | warned


class TestOtherPages:
    @pytest.mark.parametrize("file", files(DOCS, "re*/*.md"), ids=name_of)
    def test_a_page_that_imports_more_than_the_lock_holds_says_so(self, file):
        used = set().union(*map(roots, page_code(file.read_text("utf-8"))))
        more = used - LOCKED - set(sys.stdlib_module_names)

        assert bool(more) == needs_extra(file)
        assert more <= set(EXTRA)


class TestLivePages:
    def codes(self, pattern):
        """The code of each page whose front matter matches, by the name of the page."""
        found = {}
        for file in sites.sources():
            text = file.read_text("utf-8")
            if re.search(rf"(?m)^(#   )?run: {pattern}$", text):
                code = notebook_code if file.suffix == ".py" else page_code
                found[file.stem] = list(code(text))
        return found

    def test_what_runs_in_the_browser_imports_the_standard_library_alone(self):
        whole = self.codes("python")
        assert whole.keys() >= {"seed", "no-dependencies"}
        for codes in whole.values():
            assert set().union(*map(roots, codes)) <= set(sys.stdlib_module_names)

    def test_what_a_session_has_is_imported_where_a_page_begins(self):
        live_pages = self.codes("(python|partly)")
        assert "numerics" in live_pages
        for first, *_ in live_pages.values():
            assert roots(first) >= GIVEN


class TestReadingImports:
    @pytest.mark.parametrize(
        ("code", "modules"),
        [
            ("import softdial_site.hooks", {"softdial_site"}),
            ("def f():\n    import scipy.special as s", {"scipy"}),
            ("from matplotlib import pyplot", {"matplotlib"}),
        ],
    )
    def test_every_form_of_import_is_seen(self, code, modules):
        assert roots(code) == modules

    @pytest.mark.parametrize(
        "code",
        ["from .sampling import sample", "from . import sampling", "import softdial.sampling"],
    )
    def test_every_way_to_reach_a_sibling_is_seen(self, code):
        assert siblings(code) == {"sampling"}
        assert roots(code, "softdial") == {"softdial"}

    @pytest.mark.parametrize(
        "fence",
        [
            "```python\n>>> import scipy\n>>> 1\n1\n```\n",
            "* item\n\n    ```python\n    >>> import scipy\n    ```\n",
            "    ```python\n    import scipy\n\n    def f(): pass\n    ```\n",
        ],
    )
    def test_imports_in_fences_of_every_kind_are_seen(self, fence):
        assert [roots(code) for code in page_code(f"Text.\n\n{fence}")] == [{"scipy"}]
