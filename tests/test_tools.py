import sys
from pathlib import Path

import pytest

from tools import assert_none, need, without_fences


class TestNeed:
    def test_a_program_that_is_there_is_found_under_any_of_its_names(self, monkeypatch):
        python = Path(sys.executable)
        monkeypatch.setenv("PATH", str(python.parent))
        monkeypatch.setenv("CI", "true")  # a skip would be no failure of this test

        assert Path(need("no-such-program", python.name, cure="none")) == python

    @pytest.mark.parametrize(
        ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
    )
    def test_a_missing_program_is_a_skip_here_and_a_failure_in_ci(self, monkeypatch, ci, outcome):
        monkeypatch.setenv("CI", ci)

        # a skip that is not expected would skip this test
        with pytest.raises(
            (pytest.skip.Exception, pytest.fail.Exception),
            match="no-such-program is missing: install it",
        ) as caught:
            need("no-such-program", cure="install it")
        assert caught.type is outcome


class TestWithoutFences:
    def test_text_before_between_and_behind_stays(self):
        page = "a\n```python\nx\n```\nb `c`\n\n    ```\n    y\n    ```\nd"
        assert without_fences(page) == "a\n\nb `c`\n\n\nd"


class TestAssertNone:
    def test_nothing_passes(self):
        assert_none(iter([]))

    def test_every_finding_is_told_on_a_line_of_its_own(self):
        with pytest.raises(AssertionError, match=r"(?m)^one\ntwo$"):
            assert_none(finding for finding in ("one", "two"))
