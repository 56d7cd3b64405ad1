"""A whole visit ends when the page has asked for all it wants, and never hangs."""

import harness
import pytest


class TestOpenWhole:
    def test_what_is_asked_for_late_is_waited_for(self, planted):
        late = "[300, 600, 900].forEach((ms) => setTimeout(() => fetch(`late-${ms}`), ms))"
        with planted("", late) as reader:
            reader.open_whole("")

            assert sum(trouble.endswith("late-900") for trouble in reader.trouble) == 1

    def test_a_page_that_never_rests_is_an_error(self, planted, monkeypatch):
        monkeypatch.setattr(harness, "PATIENCE", 3)
        with (
            planted("", "setInterval(() => fetch('planted.js'), 100)") as reader,
            pytest.raises(AssertionError, match=r"/ never rests: \d+ requests"),
        ):
            reader.open_whole("")
