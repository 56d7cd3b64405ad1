from pasting import paste, raises


class TestPaste:
    def test_a_missing_import_is_noticed(self):
        fault = paste(("softmax([0.0, 1.0])", ""))
        assert fault == "NameError was raised, not nothing, by\nsoftmax([0.0, 1.0])"

    def test_an_exception_that_is_shown_must_come(self):
        assert paste(("1 / 0", "ZeroDivisionError")) == ""
        assert "nothing was raised, not ZeroDivisionError" in paste(("1 / 1", "ZeroDivisionError"))
        assert "ZeroDivisionError was raised, not ValueError" in paste(("1 / 0", "ValueError"))

    def test_a_warning_is_noticed(self):
        code = "import numpy as np\nnp.log(np.zeros(1))"
        assert "RuntimeWarning was raised" in paste((code, ""))

    def test_blocks_share_their_names_and_calls_do_not(self):
        assert paste(("x = 1", ""), ("x + 1", "")) == ""
        assert "NameError" in paste(("x + 1", ""))

    def test_blocks_apart_do_not_share_their_names(self):
        assert paste(("x = 1", ""), ("y = 1", ""), apart=True) == ""
        assert "NameError" in paste(("x = 1", ""), ("x + 1", ""), apart=True)

    def test_nothing_around_helps_and_files_are_written_where_it_is_said(self, tmp_path):
        (tmp_path / "mine.py").write_text("x = 1")
        assert "ModuleNotFoundError" in paste(("import mine", ""), cwd=tmp_path)
        assert paste(("from pathlib import Path; Path('x').touch()", ""), cwd=tmp_path) == ""
        assert (tmp_path / "x").exists()

    def test_an_indented_block_may_end_in_empty_lines(self):
        assert paste(("if 1:\n    x = 1\n\n", "")) == ""


class TestRaises:
    def test_the_exception_of_a_traceback_is_told(self):
        head = "Traceback (most recent call last):\n    ...\n"
        assert raises(head + "ValueError: p must be in [0, 1], got 2;\ndo: this") == "ValueError"
        assert raises(head + "numpy.exceptions.AxisError: x") == "AxisError"

    def test_other_outputs_raise_nothing(self):
        assert raises("array([1.])") == ""
        assert raises("") == ""
