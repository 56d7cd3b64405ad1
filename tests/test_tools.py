import sys
from pathlib import Path

import pytest

from tools import need


class TestNeed:
    def test_a_program_that_is_there_is_found_under_any_of_its_names(self, monkeypatch):
        python = Path(sys.executable)
        monkeypatch.setenv("PATH", str(python.parent))

        assert Path(need("no-such-program", python.name, cure="none")) == python

    @pytest.mark.parametrize(
        ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
    )
    def test_a_missing_program_is_a_skip_here_and_a_failure_in_ci(self, monkeypatch, ci, outcome):
        monkeypatch.setenv("CI", ci)

        with pytest.raises(outcome, match="no-such-program is missing: install it"):
            need("no-such-program", cure="install it")
