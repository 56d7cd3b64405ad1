"""Snippets, figures and formulas outlive the site generator: they are made without it."""

import subprocess
import sys

import pytest

import sites

MODULES = sorted(
    ".".join(file.relative_to(sites.ROOT / "src").with_suffix("").parts)
    for file in (sites.ROOT / "src" / "softdial_site").rglob("[!_]*.py")
    if file.name != "hooks.py"
)

WITHOUT = """
import sys
from importlib.abc import MetaPathFinder
class Gone(MetaPathFinder):
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("mkdocs", "material", "mkdocs_jupyter", "mkdocstrings"):
            raise ModuleNotFoundError(f"{name} is gone", name=name)
sys.meta_path.insert(0, Gone())
"""


def run(code):
    """Run code where MkDocs and its plugins do not exist; return its output and its errors."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + code], cwd=sites.ROOT, capture_output=True, text=True
    )
    return done.stdout, done.stderr


class TestWithoutMkDocs:
    def test_every_module_but_the_hooks_is_imported(self):
        assert run(f"import {', '.join(MODULES)}") == ("", "")

    def test_a_snippet_is_split_and_framed(self):
        html, errors = run("""
from softdial_site.snippets import snippet_html, split
print(snippet_html(split(">>> 1 + 1\\n2\\n"), "<code>{}</code>".format))
""")
        assert errors == ""
        assert "<code>1 + 1</code>" in html
        assert '<div class="output' in html

    def test_a_figure_is_drawn(self):
        html, errors = run(f"""
from pathlib import Path
from softdial_site.figures import Gallery
gallery = Gallery(Path({str(sites.ROOT / ".cache" / "figures")!r}))
print(gallery.place('<p><img alt="" src="fig:index-dial"></p>', "figures/", "api/"))
""")
        assert errors == ""
        assert "<figure" in html
        assert "<svg" in html

    def test_a_formula_is_written(self):
        html, errors = run(r"""
from softdial_site import formulas
print(formulas.replace('<span class="arithmatex">\\(p_i / T\\)</span>'))
""")
        assert errors == ""
        assert "<math" in html

    @pytest.mark.parametrize("name", ["mkdocs", "material.plugins", "softdial_site.hooks"])
    def test_what_needs_it_fails_here(self, name):
        assert "is gone" in run(f"import {name}")[1]
