"""The checks of the exercises: right solutions pass, and each typical slip is told by its name."""

import ast
import inspect
import math
import re

import numpy as np
import pytest

import sites
import softdial
from softdial_site import notebooks
from softdial_site.snippets import split

NOTEBOOK = notebooks.read((sites.ROOT / "docs" / "teach" / "exercises.py").read_text("utf-8")).cells
(FOLDED,) = (cell.source for cell in NOTEBOOK if "jupyter" in cell.metadata)
checks = {}
exec(compile(FOLDED, "<checks>", "exec"), checks)
CHECKS, check, fault = checks["CHECKS"], checks["check"], checks["fault"]

PAGE = sites.ROOT / "docs" / "teach" / "exercises.md"
FENCE = re.compile(r"(?ms)^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$")


@pytest.fixture(scope="module")
def solutions():
    """The functions that the page defines, run in its order."""
    names = {}
    for fence in FENCE.finditer(PAGE.read_text("utf-8")):
        for code, _ in split(re.sub(rf"(?m)^{fence['indent']}", "", fence["code"])):
            exec(compile(code, "<page>", "exec"), names)
    return names


def told(name, code):
    """What the check says about a function of that name with this body."""
    names = {"np": np, "math": math}
    source = f"def {name}{ARGUMENTS[name]}:\n" + "".join(f"    {line}\n" for line in code)
    exec(compile(source, "<slip>", "exec"), names)
    return fault(names[name])


def lines(code):
    return [line for line in inspect.cleandoc(code).splitlines() if line]


ARGUMENTS = {
    "stable_softmax": "(z)",
    "softmax_at": "(z, T)",
    "log_sum_exp": "(x)",
    "draw": "(p, u)",
    "nucleus": "(p, mass)",
    "loss_gradient": "(z, label, T)",
    "best_temperature": "(z, y)",
    "gumbel_draw": "(z, T, size, rng)",
}

# --- typical slips, and what the student reads ----------------------------------------------------

SORTED = """
order = np.argsort(-p, kind="stable")
total = np.cumsum(p[order])
{}
q = np.zeros_like(p)
q[order[:k]] = p[order[:k]]
return q / q.sum()
"""
SHARES = """
w = np.exp(z / t - (z / t).max(axis=-1, keepdims=True))
return w / w.sum(axis=-1, keepdims=True)
"""
TIES = "if T == 0:\n    return (z == z.max()) / (z == z.max()).sum()\n"
GRADIENT = """
w = np.exp((z - z.max()) / {t})
p = w / w.sum()
y = np.eye(len(z))[label]
return {result}
"""
HALVING = """
def slope(b):
    w = np.exp(b * (z - z.max(axis=1, keepdims=True)))
    p = w / w.sum(axis=1, keepdims=True)
    return ((p * z).sum(axis=1) - z[np.arange(len(y)), y]).mean()
low, high = {start}
for _ in range({steps}):
    middle = (low + high) / 2
    if slope(middle) {sign} 0:
        low = middle
    else:
        high = middle
return {result}
"""
GUMBEL = "noise = rng.exponential(size=(size, len(z)))\nreturn np.argmax({}, axis=1)"

SLIPS = {
    "stable_softmax": [
        ("...", "returns nothing yet"),
        ("return z", "must be [0.25, 0.75]"),
        ("return np.full(z.shape, 1 / z.shape[-1])", "every pair comes out even"),
        ("return np.exp(z)", "returns the weights"),
        ("return z / z.sum(axis=-1, keepdims=True)", "gives the smaller logit 0"),
        ("return 1 / (1 + np.exp(-z))", "takes the sigmoid of each logit"),
        ("return 'abc'", "must return numbers, not 'abc'"),
        ("return np.exp(z).sum()", "must have shape (2,)"),
        (
            "w = np.exp(z - np.max(z))\nreturn np.log(w / w.sum(axis=-1, keepdims=True))",
            "log-prob",
        ),
        (
            "w = np.exp(z - np.max(z))\nreturn w / w.sum(axis=0)",
            "you normalized along axis 0; sum along the last axis",
        ),
        ("w = np.exp(z - np.max(z))\nreturn w / w.sum()", "the whole table sums to 1"),
        ("w = np.exp(z)\nreturn w / w.sum(axis=-1)", "keepdims=True"),
        ("w = np.exp(z)\nreturn w / w.sum(axis=-1, keepdims=True)", "overflows for 1000"),
        (
            "w = np.exp(np.clip(z, -700, 700))\nreturn w / w.sum(axis=-1, keepdims=True)",
            "clipping changes the gap",
        ),
        *(
            (
                f"w = np.exp(z - {other})\nreturn w / w.sum(axis=-1, keepdims=True)",
                "the spread overflows",
            )
            for other in (
                "z[..., -1:]",
                "z.min(axis=-1, keepdims=True, where=np.isfinite(z), initial=np.inf)",
            )
        ),
        (
            "z = z - max(np.max(z), 0)\nw = np.exp(z)\nreturn w / w.sum(axis=-1, keepdims=True)",
            "underflow",
        ),
        (
            "w = np.exp(z - np.max(z))\nreturn w / w.sum(axis=-1, keepdims=True)",
            "the largest logit of each row, not of the whole table",
        ),
        (
            "z -= z.max(axis=-1, keepdims=True)\nw = np.exp(z)\nreturn w / w.sum(axis=-1, "
            "keepdims=True)",
            "changes its input",
        ),
        ("return [math.exp(x) for x in z]", "returns the weights"),
        (
            "w = np.array([[math.exp(x) for x in row] for row in np.atleast_2d(z)])\n"
            "return (w / w.sum(axis=1, keepdims=True)).reshape(z.shape)",
            "raised OverflowError (math range error); this overflows for 1000",
        ),
        (
            "w = np.exp(z - z.max(axis=-1, keepdims=True))\n"
            "return np.clip(w / w.sum(axis=-1, keepdims=True), 1e-12, 1)",
            "a logit of -inf got 1e-12; its share is exactly 0",
        ),
    ],
    "softmax_at": [
        ("t = 1 / T\n" + SHARES, "you multiplied by T"),
        ("t = 1\n" + SHARES, "T has no effect"),
        ("t = T * T\n" + SHARES, "T is applied twice"),
        (
            "p = np.exp(z) / np.exp(z).sum()\nw = np.exp(p / T)\nreturn w / w.sum()",
            "T divides probabilities",
        ),
        ("w = np.exp(z / T)\nreturn w / w.sum()", "overflows"),
        ("t = T\n" + SHARES, "nothing to divide; return the limit"),
        ("t = T if T > 0 else 1\n" + SHARES, "T = 0 gave the result of T = 1"),
        ("t = max(T, 1e-15)\n" + SHARES, "a small number in place of 0 is not the limit"),
        (
            "t = T or 1\n"
            + SHARES.replace("return", "if T == 0:\n    w = 1.0 * np.isclose(z, z.max())\nreturn"),
            "nearly equal is no tie",
        ),
        (
            "if T == 0:\n    return np.eye(len(z))[z.argmax()]\nt = T\n" + SHARES,
            "ties at T = 0 are not shared: the first took all",
        ),
        (
            "if T == 0:\n    return np.eye(len(z))[np.argsort(z)[-1]]\nt = T\n" + SHARES,
            "ties at T = 0 are not shared: the last took all",
        ),
        (
            "if T == 0:\n    return (z == z.max()) * 1.0\nt = T\n" + SHARES,
            "the tie at T = 0 sums to 2",
        ),
        (
            TIES + "if T == np.inf:\n    return np.ones(len(z)) / len(z)\nt = T\n" + SHARES,
            "T = inf gave a share to a logit of -inf",
        ),
        (
            TIES + "t = T\n" + SHARES,
            "-inf / inf is nan",
        ),
        (
            "if T == 0:\n    raise ValueError('T = 0')\nt = T\n" + SHARES,
            "raised ValueError (T = 0); at T = 0",
        ),
        (
            TIES + "p = np.exp(z - z.max())\np = (p / p.sum()) ** (1 / T)\nreturn p / p.sum()",
            "a probability underflows to 0 before T acts",
        ),
        (
            TIES + "w = np.exp((z - z.max()) / min(T, 1e12))\nreturn w / w.sum()",
            "a large number in place of inf",
        ),
        (
            TIES
            + "if T == np.inf:\n    return (z > -np.inf) / (z > -np.inf).sum()\nt = T\n"
            + SHARES,
            "a large logit over a tiny T overflows",
        ),
    ],
    "log_sum_exp": [
        ("return np.exp(x).sum()", "returns the sum"),
        ("return np.log2(np.exp(x).sum())", "base 2"),
        ("return x.max()", "returns the largest entry"),
        ("return np.log(np.exp(x).mean())", "logarithm of the mean"),
        ("return x.sum()", "adds the entries themselves"),
        ("return np.log(np.exp(x).sum())", "overflows for 1000"),
        ("return np.log(np.exp(x - x.max()).sum())", "never added back"),
        ("m = x.max()\nreturn 2 * m + np.log(np.exp(x - m).sum())", "added twice"),
        ("m = max(x.max(), 0)\nreturn m + np.log(np.exp(x - m).sum())", "underflow to 0"),
        ("m = x.min()\nreturn m + np.log(np.exp(x - m).sum())", "not the smallest"),
        (
            "m = x.max()\nreturn m + np.log(np.exp(x - m).sum())",
            "do not subtract a maximum of -inf",
        ),
        ("m = x.max()\nreturn m + np.log(np.exp(x - m))", "must have shape ()"),
    ],
    "draw": [
        ("return np.searchsorted(np.cumsum(p), u)", "u = 0.5 gave class 0"),
        ("return np.searchsorted(np.cumsum(p), u, side='right') + 1", "one too high"),
        ("return np.searchsorted(np.cumsum(p), u, side='right') - 1", "one too low"),
        (
            "return np.searchsorted(np.cumsum(-np.sort(-p)), u, side='right')",
            "you sorted p",
        ),
        ("return np.searchsorted(np.cumsum(np.sort(p)), u, side='right')", "you sorted p"),
        ("return (u * len(p)).astype(int)", "the same share"),
        ("return np.full(len(u), p.argmax())", "the likeliest class"),
        ("return np.random.default_rng().choice(10**9, len(u))", "draw no numbers of your own"),
        (
            "return np.searchsorted(np.cumsum(p), u, side='right')",
            "gave class 10, not 9; ten tenths add up to less than 1",
        ),
        (
            "ends = np.cumsum(p)\nends[-1] = 1\nreturn np.searchsorted(ends, u, side='right')",
            "class 10 came up, and its probability is 0",
        ),
    ],
    "nucleus": [
        (SORTED.format("k = (total <= mass).sum()"), "the class that reaches it stays"),
        (SORTED.format("k = (total <= mass).sum() + 2"), "one class too many"),
        (
            SORTED.format("k = (total < mass).sum() + 1").replace("q / q.sum()", "q"),
            "divide by its sum",
        ),
        (
            SORTED.format("k = (total < mass).sum() + 1").replace("-p, kind", "0 * p, kind"),
            "in the order of the classes",
        ),
        (
            SORTED.format("k = (total < mass).sum() + 1").replace("q[order[:k]]", "q[:k]"),
            "right shares in the wrong places",
        ),
        (SORTED.format("k = (total < mass).sum() + 1").replace("-p", "p"), "keeps every class"),
        (SORTED.format("k = (total <= mass).sum()").replace("-p", "p"), "drops the likeliest"),
        (SORTED.format("k = (total <= mass).sum() + 1"), "holds the mass already"),
        (
            SORTED.format("k = (total < mass).sum() + 1\nleast = p[order[k - 1]]").replace(
                "q[order[:k]] = p[order[:k]]", "q = np.where(p >= least, p, 0)"
            ),
            "both of two equal classes",
        ),
        (
            SORTED.format("k = (total < mass).sum() + 1").replace(
                'np.argsort(-p, kind="stable")', "np.argsort(p)[::-1]"
            ),
            "takes the last; take the first",
        ),
        (
            SORTED.format("k = (total < mass).sum() + 1").replace(', kind="stable"', ""),
            "of many equal classes",
        ),
    ],
    "loss_gradient": [
        (GRADIENT.format(t="T", result="(y - p) / T"), "points downhill"),
        (GRADIENT.format(t="T", result="p / T"), "forgets the label"),
        (GRADIENT.format(t="T", result="-y / p"), "slope in the probabilities"),
        (
            GRADIENT.format(t="T", result="(p - y) / T").replace("[label]", "[label - 1]"),
            "subtracts 1 at class 0",
        ),
        (
            GRADIENT.format(t="T", result="(p - y) / T").replace("[label]", "[label + 1]"),
            "subtracts 1 at class 2",
        ),
        (GRADIENT.format(t="T", result="(z - y) / T"), "apply softmax first"),
        (GRADIENT.format(t="T", result="(np.log(p) - y) / T"), "takes the logarithm of p"),
        (GRADIENT.format(t="T", result="p - y"), "lacks the factor 1/T"),
        (GRADIENT.format(t="1", result="p - y"), "T has no effect"),
        (GRADIENT.format(t="1", result="(p - y) / T"), "takes p at T = 1"),
        (GRADIENT.format(t="T", result="(p - y) * T"), "multiplies by T"),
        (
            GRADIENT.format(t="T", result="(p - y) / T").replace(" - z.max()", ""),
            "overflows for 1000",
        ),
        (
            GRADIENT.format(t="T", result="(np.diag(p) - np.outer(p, p)) @ (-y / p) / T"),
            "divide by no probability",
        ),
        (GRADIENT.format(t="T", result="(p - y) / T + 2e-9 * y"), "(off by 2.0e-09)"),
    ],
    "best_temperature": [
        (HALVING.format(start="1e-3, 1e3", steps=60, sign="<", result="low"), "returns 1/T"),
        (HALVING.format(start="1e-3, 1e3", steps=60, sign="<", result="-1 / low"), "negative T"),
        (HALVING.format(start="1e-3, 1e3", steps=60, sign=">", result="1 / low"), "which half"),
        (HALVING.format(start="1e-3, 1e3", steps=20, sign="<", result="1 / high"), "go on halving"),
        (HALVING.format(start="1e-3, 1", steps=60, sign="<", result="1 / low"), "may lie below 1"),
        ("return 1.0", "is it the mean loss that you follow?"),
        ("return z.mean(axis=0)", "must have shape ()"),
        (
            HALVING.format(start="1e-3, 1e3", steps=60, sign="<", result="1 / low").replace(
                "((p * z).sum(axis=1)", "(z[:, :2].mean(axis=1)"
            ),
            "which half",
        ),
    ],
    "gumbel_draw": [
        ("return np.full(size, z.argmax())", "all draws are one class"),
        (
            GUMBEL.format("z / T - np.log(noise)").replace("(size, len(z))", "(size, 1)"),
            "all draws are one class",
        ),
        (GUMBEL.format("z / T + np.log(noise)"), "the wrong sign"),
        (GUMBEL.format("z / T + noise"), "adds E itself"),
        (GUMBEL.format("np.exp(z) / T - np.log(noise)"), "adds noise to probabilities"),
        (GUMBEL.format("np.log(noise) - z / T"), "takes the smallest"),
        ("return np.argmax(z / T + rng.random((size, 3)), axis=1)", "even from 0 to 1"),
        ("return np.argmax(z / T + rng.normal(size=(size, 3)), axis=1)", "the noise is normal"),
        (GUMBEL.format("(z - np.log(noise)) / T"), "T has no effect"),
        (GUMBEL.format("z * T - np.log(noise)"), "multiplies by T"),
        (
            GUMBEL.format("z / T - np.log(noise)").replace("rng", "np.random.default_rng()"),
            "equal generators gave different draws; use the rng that is given",
        ),
        (
            GUMBEL.format("z / T - np.log(noise)").replace("rng", "np.random.default_rng(42)"),
            "two generators gave the same draws; use the rng that is given",
        ),
        (GUMBEL.format("z / T - np.log(noise)").replace("size, len", "9, len"), "must have shape"),
        (
            GUMBEL.format("z / T - np.log(noise)").replace("return ", "return 1 + "),
            "must return classes from 0 to 2",
        ),
    ],
}
CASES = [(name, code, words) for name, slips in SLIPS.items() for code, words in slips]


class TestChecks:
    @pytest.mark.parametrize("name", CHECKS)
    def test_the_solution_of_the_page_passes(self, solutions, name):
        assert fault(solutions[name]) == ""

    @pytest.mark.parametrize(("name", "code", "words"), CASES)
    def test_a_typical_slip_is_told(self, name, code, words):
        assert words in told(name, lines(code))

    @pytest.mark.parametrize("name", CHECKS)
    def test_three_or_more_slips_of_each_are_told_apart(self, name):
        messages = {told(name, lines(code)) for code, _ in SLIPS[name]}
        assert len(messages) >= max(3, len(SLIPS[name]) - 2)

    @pytest.mark.parametrize("name", CHECKS)
    def test_a_stub_is_told_to_return_something(self, name):
        assert "returns nothing yet" in told(name, ["..."])

    def test_every_sentence_of_the_checks_is_reached(self):
        said = " ".join(told(name, lines(code)) for name, code, _ in CASES)
        assert [words for words in sentences(FOLDED) if words not in said] == []

    def test_the_verdict_is_printed(self, capsys, solutions):
        check(solutions["draw"])
        assert capsys.readouterr().out == "draw: right in every case tried\n"

    def test_what_the_checks_take_for_right_is_what_the_package_gives(self):
        z, labels = [[3.0, 1, 0], [0, 2, 1], [1, 0, 2.5], [2, 1, 0]], [0, 1, 2, 1]
        assert f"{softdial.fit_temperature(z, labels):.7f}" in FOLDED
        p = np.array([0.1, 0.5, 0.15, 0.25])
        kept = softdial.softmax(softdial.top_p(np.log(p), 0.7))
        assert np.allclose(kept, [0, 2 / 3, 0, 1 / 3])


def sentences(source):
    """The messages about slips that stand in the checks: the second item of each pair."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            words = node.elts[1]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                yield words.value


class TestNotebook:
    def test_it_has_a_task_and_a_check_for_each(self):
        code = [cell.source for cell in NOTEBOOK if cell.cell_type == "code"]
        for name in CHECKS:
            assert any(source.startswith(f"def {name}(") for source in code)
            assert f"check({name})" in code

    def test_it_runs_with_numpy_alone(self, capsys):
        code = "\n".join(cell.source for cell in NOTEBOOK if cell.cell_type == "code")
        roots = {
            alias.name
            for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert roots == {"numpy"}
        assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(ast.parse(code)))
        exec(compile(code, "<notebook>", "exec"), {"__name__": "__main__"})
        said = capsys.readouterr().out.splitlines()
        assert said == [
            f"{name}: returns nothing yet; end the function with return" for name in CHECKS
        ]

    def test_the_checks_are_folded(self):
        assert FOLDED.startswith('"""Run this cell once.')
