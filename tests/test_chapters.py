import pytest

from softdial_site.chapters import read
from softdial_site.notebooks import output

PAGE = """\
# Claim

Lead.
{ .lead }

![](fig:odds-scales)

```python
>>> import math
>>> x = 2
```

!!! question "Predict"
    Is it *one*?

    ??? success "Answer"
        No:

        ```python
        >>> x
        2
        >>> print(x)
        2
        ```

After the box.

## Second {#second}

![](play:order)

```python
def twice(x):
    return 2 * x


def half(x):
    return x / 2
```

```python
>>> twice(x)
4
>>> print(half(x))
1.0
>>> for n in (1, 2):
...     print(n)
1
2
```
"""


def cells(page=PAGE):
    return read(page).cells


def texts(page=PAGE):
    return [cell.source for cell in cells(page) if cell.cell_type == "markdown"]


class TestCells:
    def test_each_code_with_its_output_is_a_cell(self):
        code = [cell.source for cell in cells() if cell.cell_type == "code"]
        assert code[:3] == ["import math\nx = 2", "x", "print(x)"]
        assert code[3].startswith("def twice(x):\n    return 2 * x\n\n\ndef half")
        assert code[4:] == ["twice(x)", "print(half(x))", "for n in (1, 2):\n    print(n)"]

    def test_results_and_prints_are_told_apart(self):
        found = [cell.outputs for cell in cells() if cell.cell_type == "code"]
        given = [("2", True), ("2", False), ("4", True), ("1.0", False), ("1\n2", False)]
        assert [one for one in found if one] == [[output(text, result=x)] for text, x in given]

    def test_boxes_become_their_titles_and_what_is_in_them(self):
        assert texts()[1] == "**Predict**\n\nIs it *one*?\n\n**Answer**\n\nNo:"
        assert texts()[2] == "After the box."

    def test_a_box_without_a_title_is_what_is_in_it(self):
        (text,) = texts("!!! note\n    Mind *this*.\n\n    And this.\n\nAfter.\n")
        assert text.strip() == "Mind *this*.\n\nAnd this.\n\nAfter."

    def test_a_section_begins_with_a_cell_of_its_own(self):
        assert texts()[3].startswith("## Second {#second}")

    def test_an_explorer_is_told_by_its_figure_and_a_link(self):
        assert "![](fig:odds-scales)" in texts()[0]
        assert "![](fig:truncation-order)\n\n[Turn the dial on the site.](#)" in texts()[3]

    def test_a_page_without_code_is_text(self):
        assert texts("# Claim\n") == ["# Claim"]


class TestWhatIsRefused:
    @pytest.mark.parametrize("code", [">>> 1\n1", "x = 1"])
    def test_a_fence_without_end(self, code):
        with pytest.raises(ValueError, match="After it"):
            read(f"```python\n{code}\n\nAfter it, text.\n")
