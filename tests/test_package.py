"""The public surface: what is exported, listed and documented is one and the same."""

import ast
import doctest
import inspect
import re
from importlib.metadata import requires, version

import pytest

import sites
import softdial
from tools import without_fences

API = sites.ROOT / "docs" / "reference" / "api.md"
PUBLIC = [getattr(softdial, name) for name in softdial.__all__]
SECTIONS = ["Parameters", "Returns", "Raises", "Warns", "Notes", "See Also"]
NEEDED = {"Parameters", "Returns", "Raises", "Notes", "See Also"}


def sections(text):
    return re.findall(r"(?m)^([A-Z][A-Za-z ]+)\n-+$", text)


def described(text):
    """List the parameters that a docstring describes."""
    body = text.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    return re.findall(r"(?m)^(\w+) : ", body)


def flaws(text, parameters):
    """List what a docstring lacks of the house form."""
    summary, _, rest = text.partition("\n")
    found = sections(text)
    if not 0 < len(summary) <= 60 or not summary.endswith("."):
        yield f"summary: {summary!r}"
    if rest[:1] != "\n" or not set(found) >= NEEDED:
        yield f"sections missing: {sorted(NEEDED - set(found))}"
    if found != [section for section in SECTIONS if section in found]:
        yield f"order: {found}"
    if text.find(">>>") not in range(text.find("Parameters\n---")):
        yield "no example before the parameters"
    if described(text) != parameters:
        yield f"parameters: {described(text)}"


def assert_same(names):
    """Fail with the functions that are exported and not named, or named and not exported."""
    assert set(names) ^ set(softdial.__all__) == set()
    assert sorted(names) == softdial.__all__


def impossible(markdown):
    """Yield each call of a public function, in code within a sentence, that Python would refuse."""
    own = set(re.findall(r"\bdef (\w+)\(", markdown))
    for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", without_fences(markdown)):
        try:
            calls = [node for node in ast.walk(ast.parse(span, mode="eval")) if is_call(node)]
        except SyntaxError:  # a shell command, a part of a call
            continue
        for call in calls:
            if call.func.id not in own:
                function = getattr(softdial, call.func.id)
                try:
                    inspect.signature(function).bind(
                        *call.args, **{keyword.arg: keyword.value for keyword in call.keywords}
                    )
                except TypeError as error:
                    yield f"{span}: {error}"


def unused(markdown, folder):
    """Yield each link in a function's row of a table to a section that does not call it."""
    for name, row in re.findall(r"(?m)^\| \[`(\w+)`\]\S+ (\|.*)$", markdown):
        for link in re.findall(r"\]\(([^)]+)\)", row):
            path, _, anchor = link.partition("#")
            text = (folder / path).read_text("utf-8")
            section = re.split(r"(?m)^##", text.partition(f"{{#{anchor}}}")[2])[0]
            if not re.search(rf"\b{name}[(,)]", section if anchor else text):
                yield f"{name}: {link}"


def is_call(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in softdial.__all__


class TestPublicNames:
    def test_the_api_page_has_every_function_once(self):
        assert_same(re.findall(r"(?m)^::: softdial\.(\w+)$", API.read_text("utf-8")))

    def test_its_table_leads_to_every_function_at_work(self):
        text = API.read_text("utf-8")
        assert_same(set(re.findall(r"(?m)^\| \[`(\w+)`\]", text)))
        assert list(unused(text, API.parent)) == []

    @pytest.mark.parametrize("link", ["glossary.md", "../learn/odds.md#breaks"])
    def test_a_link_to_where_a_function_is_not_at_work_is_found(self, link):
        row = f"| [`min_p`](#min_p) | what for | [a page]({link}) |"
        assert list(unused(row, API.parent)) == [f"min_p: {link}"]

    def test_the_readme_lists_every_function_once(self):
        table = (sites.ROOT / "README.md").read_text("utf-8").partition("| functions |")[2]
        names = re.findall(r"`(\w+)`", re.sub(r"(?m)\|[^|]*\|$", "", table.partition("\n\n")[0]))
        assert_same(names)

    @pytest.mark.parametrize(
        "names",
        [softdial.__all__[1:], [*softdial.__all__, "softmin"], [*softdial.__all__, "top_p"]],
        ids=["missing", "surplus", "twice"],
    )
    def test_a_list_with_a_slip_is_found(self, names):
        with pytest.raises(AssertionError):
            assert_same(names)

    def test_all_of_them_are_functions_of_the_package(self):
        assert all(function.__module__.startswith("softdial.") for function in PUBLIC)

    def test_tab_offers_them_alone(self):
        assert dir(softdial) == softdial.__all__

    @pytest.mark.parametrize("function", PUBLIC, ids=softdial.__all__)
    def test_help_begins_with_names_of_types_not_with_what_numpy_makes_of_them(self, function):
        assert len(f"{function.__name__}{inspect.signature(function)}") < 150

    def test_no_module_has_the_name_of_a_function(self):
        modules = {file.stem for file in (sites.ROOT / "src" / "softdial").glob("*.py")}
        assert modules.isdisjoint(softdial.__all__)


class TestDocstrings:
    @pytest.mark.parametrize("function", PUBLIC, ids=softdial.__all__)
    def test_each_has_the_house_form(self, function):
        parameters = list(inspect.signature(function).parameters)
        assert list(flaws(inspect.getdoc(function), parameters)) == []

    @pytest.mark.parametrize("function", PUBLIC, ids=softdial.__all__)
    def test_the_first_example_imports_what_it_needs(self, function):
        text = inspect.getdoc(function).partition("Parameters\n---")[0]
        first = text[text.index(">>>") :].partition("\n\n")[0]
        code = "".join(part.source for part in doctest.DocTestParser().get_examples(first))
        exec(compile(code, function.__name__, "exec"), {})

    @pytest.mark.parametrize(
        ("old", "new", "flaw"),
        [
            ("Turn scores into probabilities.", "This turns " + "x" * 60 + ".", "summary"),
            ("Returns\n-------", "Gives\n-----", "sections"),
            ("Notes\n-----", "Raises\n------", "sections"),
            ("axis : int, default -1\n", "", "parameters"),
            (">>>", ">> >", "no example"),
        ],
    )
    def test_a_planted_flaw_is_found(self, old, new, flaw):
        text = inspect.getdoc(softdial.softmax).replace(old, new)
        assert flaw in "".join(flaws(text, ["logits", "temperature", "axis"]))

    def test_sections_out_of_order_are_found(self):
        text = inspect.getdoc(softdial.softmax)
        text = text.replace("Notes\n-----", "X\n-").replace("Raises\n------", "Notes\n-----")
        assert "order" in "".join(flaws(text.replace("X\n-", "Raises\n------"), []))


class TestCallsInSentences:
    @pytest.mark.parametrize("page", sites.sources(), ids=sites.address_of)
    def test_each_can_be_made(self, page):
        assert list(impossible(page.read_text("utf-8"))) == []

    @pytest.mark.parametrize(
        "call", ["softmax(z, temprature=2)", "top_k(z)", "1 / entropy(softmax(z, 2))"]
    )
    def test_one_that_fails_is_found(self, call):
        assert len(list(impossible(f"Call `{call}`."))) == 1

    def test_the_functions_of_a_page_itself_are_its_own(self):
        page = "```python\ndef softmax(z, T): ...\n```\nCall `softmax(z, 2)`."
        assert list(impossible(page)) == []


class TestDistribution:
    def test_it_needs_numpy_alone(self):
        assert [need for need in requires("softdial") if "extra ==" not in need] == ["numpy>=2.0"]

    def test_the_changelog_tells_of_this_version(self):
        text = (sites.ROOT / "docs" / "reference" / "changelog.md").read_text("utf-8")
        assert f"## {version('softdial')}" in text
