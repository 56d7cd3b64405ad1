import contextlib
import re
import sys
from types import ModuleType

import pytest

import sites
from softdial_site import live

SOURCE = sites.ROOT / "docs" / "assets" / "live_session.py"
session = ModuleType(SOURCE.stem)
exec(compile(SOURCE.read_text("utf-8"), SOURCE, "exec"), vars(session))  # as Pyodide does

PAGE = "/book/learn/seed/"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No session yet, and no budget where Python is too old for it; a browser's never is."""
    monkeypatch.setattr(session, "pages", {})
    monkeypatch.setattr(session, "files", {})
    if sys.version_info < (3, 12):
        monkeypatch.setattr(session, "budget", contextlib.nullcontext)


def run(*codes, page=PAGE):
    """Run blocks one after the other; return what the last one printed, and its error."""
    *_, last = [session.run(page, block, code) for block, code in enumerate(codes, start=1)]
    return last


class TestRun:
    def test_every_value_is_shown_as_at_a_prompt(self):
        assert run("1\n'a'\nNone\nx = 2\nprint(x)\nfor i in 'ab':\n    i") == (
            "1\n'a'\n2\n'a'\n'b'\n",
            "",
        )

    def test_a_page_is_one_session(self):
        assert run("x = 1", "x + 1") == ("2\n", "")

    def test_another_page_is_another(self):
        run("x = 1")
        assert run("x", page="/book/learn/odds/")[1] == "NameError"

    @pytest.mark.parametrize("name", live.GIVEN)
    def test_what_pages_import_beside_numpy_is_there(self, name):
        assert run(f"{name}.__name__") == (f"'{name}'\n", "")

    def test_errors_are_printed_where_they_happen(self):
        text, error = run("print(1)\n1 / 0\nprint(2)")
        assert text.startswith("1\nTraceback (most recent call last):\n")
        assert text.endswith("ZeroDivisionError: division by zero\n")
        assert error == "ZeroDivisionError"

    @pytest.mark.parametrize(
        ("code", "kind"),
        [("exit()", "SystemExit"), ("raise KeyboardInterrupt", "KeyboardInterrupt")],
    )
    def test_nothing_ends_the_session(self, code, kind):
        assert run("x = 1", code)[1] == kind
        assert run("x = 1", code, "x") == ("1\n", "")

    def test_much_is_cut(self):
        text, _ = run(f"print('x' * {session.LONGEST}); print(2)")
        assert text == f"{'x' * session.LONGEST}\n… cut after 20,000 characters\n"

    @pytest.mark.skipif(
        sys.version_info < (3, 12), reason="needs Python 3.12, as every browser has"
    )
    def test_an_endless_loop_is_stopped_and_the_session_kept(self, monkeypatch):
        monkeypatch.setattr(session, "BUDGET", 0.01)
        text, error = run("x = 1", "try:\n    while True: pass\nexcept Exception: pass")
        assert error == "OutOfTime"
        assert "while True" in text
        assert run("x = 1", "x") == ("1\n", "")


class TestBudget:
    def test_the_page_tells_it_and_waits_longer(self):
        script = SOURCE.with_name("live.js").read_text("utf-8")
        limit = int(re.search(r"LIMIT = ([\d_]+)", script)[1])
        assert f"Stopped after {session.BUDGET:.0f} seconds" in script
        assert f"it took more than {limit / 1000:.0f} seconds" in script
        assert limit / 1000 > session.BUDGET


class TestTracebacks:
    def test_only_the_readers_lines_are_told(self):
        text, _ = run("import json", "def f(text):\n    return json.loads(text)", "f('{')")
        places = [line.strip() for line in text.splitlines() if line.startswith("  File")]
        assert places == [
            'File "seed, block 3", line 1, in <module>',
            'File "seed, block 2", line 2, in f',
        ]
        assert "return json.loads(text)" in text

    def test_of_what_caused_an_error_too(self):
        code = "try:\n    int('x')\nexcept ValueError as e:\n    raise KeyError from e"
        text, _ = run(code)
        assert text.count('File "seed, block 1"') == text.count("  File") == 2

    def test_so_is_the_place_of_a_slip_in_the_syntax(self):
        text, error = run("1 +")
        assert 'File "seed, block 1", line 1' in text
        assert error == "SyntaxError"

    def test_a_block_that_was_edited_is_told_from_what_it_was(self):
        session.run(PAGE, 1, "def f():\n    return 1 / 0")
        text, _ = session.run(PAGE, 1, "f()\n# and more")
        assert 'File "seed, block 1, version 2", line 1, in <module>' in text
        assert 'File "seed, block 1", line 2, in f\n    return 1 / 0' in text
