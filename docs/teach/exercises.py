# %% [markdown]
# # Eight functions to write yourself
#
# Write the body of each function, run its cell, then run the check below it.
# A check names the first thing that is wrong, so run it again after each change.
# Everything here needs NumPy alone; no package for softmax is allowed.
# The solutions stand, folded, on [the page of the exercises](exercises.md#programs).
#
# Run the next two cells first.
# The second holds the checks; in JupyterLab its code is folded.

# %%
import numpy as np

# %% jupyter={"source_hidden": true}
"""Run this cell once. `check(your_function)` then tells what is wrong with it."""

import numpy as np


class MistakeError(Exception):
    """What is wrong with a solution."""


def check(function):
    """Print the first thing that is wrong, or that nothing was found."""
    print(f"{function.__name__}: {fault(function) or 'right in every case tried'}")


def fault(function):
    """Return the first thing that is wrong, or nothing."""
    with np.errstate(all="ignore"):
        try:
            CHECKS[function.__name__](function)
        except MistakeError as mistake:
            return str(mistake)
    return ""


# --- what all checks use ------------------------------------------------


def call(function, *given, shape=None, hint=""):
    """Return the result as an array, or say what kept it from being one."""
    shown = f"{function.__name__}({', '.join(map(show, given))})"
    before = [np.copy(value) for value in given]
    try:
        result = function(*given)
    except Exception as error:
        kind = type(error).__name__
        raise MistakeError(f"{shown} raised {kind} ({error}){hint and '; ' + hint}") from None
    if result is None or result is ...:
        raise MistakeError("returns nothing yet; end the function with return")
    if any(not same(a, b) for a, b in zip(given, before, strict=True)):
        raise MistakeError(f"{shown} changes its input; work on a copy")
    try:
        result = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        raise MistakeError(f"{shown} must return numbers, not {result!r}") from None
    if shape is not None and result.shape != shape:
        size = shape or "() (one number)"
        raise MistakeError(f"{shown} must have shape {size}, not {result.shape}")
    return result


def show(value):
    if isinstance(value, np.random.Generator):
        return "rng"
    return np.array2string(np.asarray(value), separator=", ", threshold=8)


def same(a, b):
    if isinstance(a, np.random.Generator):
        return True
    return np.array_equal(a, b, equal_nan=True)


def close(a, b, within=1e-9):
    return a.shape == np.shape(b) and np.allclose(a, b, rtol=within, atol=within)


def expect(function, given, wanted, slips=(), within=1e-9, hint=""):
    """Compare one call; `slips` are results of typical mistakes, with what to say."""
    wanted = np.asarray(wanted, dtype=float)
    got = call(function, *given, shape=wanted.shape, hint=hint)
    if close(got, wanted, within):
        return
    for slip, words in slips:
        if close(got, np.asarray(slip, dtype=float), within):
            raise MistakeError(words)
    shown = ", ".join(map(show, given))
    if hint and not np.all(np.isfinite(got)):
        raise MistakeError(f"{function.__name__}({shown}) gave {show(got)}; {hint}")
    off = f" (off by {np.abs(got - wanted).max():.1e})" * (show(got) == show(wanted))
    raise MistakeError(f"{function.__name__}({shown}) must be {show(wanted)}, not {show(got)}{off}")


def weights(z):
    return np.exp(np.asarray(z, dtype=float))


def shares(z):
    return weights(z) / weights(z).sum(axis=-1, keepdims=True)


# --- one check for each exercise ----------------------------------------


def check_stable_softmax(f):
    pair = np.log([1.0, 3.0])
    slips = [
        (weights(pair), "returns the weights; divide them by their sum"),
        (np.log([0.25, 0.75]), "returns log-probabilities; leave out the logarithm"),
        ([0.5, 0.5], "every pair comes out even; does the result depend on the logits?"),
        ([0.0, 1.0], "gives the smaller logit 0; take exp of every logit, then divide by the sum"),
        ([0.5, 0.75], "takes the sigmoid of each logit alone; these need not sum to 1"),
    ]
    expect(f, [pair], [0.25, 0.75], slips)
    table = np.array([[0.0, 1.0], [0.0, 3.0]])
    w = weights(table)
    rows = call(f, table, shape=(2, 2)).sum(axis=1)
    slips = [
        (
            w / w.sum(axis=0),
            f"your rows sum to {rows[0]:.3f} and {rows[1]:.3f}, your columns to 1: "
            "you normalized along axis 0; sum along the last axis",
        ),
        (w / w.sum(), "the whole table sums to 1; divide each row by its own sum"),
        (
            w / w.sum(axis=1),
            "the sums of the rows divide the columns; sum with keepdims=True",
        ),
    ]
    expect(f, [table], shares(table), slips)
    slips = [([0.5, 0.5], "1000 and 1001 came out even; clipping changes the gap between them")]
    hint = "this overflows for 1000; subtract the largest logit first"
    expect(f, [np.array([1000.0, 1001.0])], shares([0.0, 1.0]), slips, hint=hint)
    hint = "all weights underflow to 0; subtract the largest logit first"
    expect(f, [np.array([-1000.0, -1001.0])], shares([1.0, 0.0]), hint=hint)
    hint = "subtract the largest logit of each row, not of the whole table"
    far = np.array([[1000.0, 1001.0], [0.0, 1.0]])
    expect(f, [far], shares([[0.0, 1.0], [0.0, 1.0]]), hint=hint)
    hint = "the spread overflows; subtract the largest logit of the row, no other number"
    wide = np.array([[-1000.0, 1000.0], [1000.0, -1000.0]])
    expect(f, [wide], [[0.0, 1.0], [1.0, 0.0]], hint=hint)
    expect(f, [np.array([-np.inf, 0.0])], [0.0, 1.0], hint="a logit of -inf has the weight 0")
    got = call(f, np.array([-np.inf, 0.0]))
    if got[0] != 0:
        raise MistakeError(f"a logit of -inf got {got[0]:.0e}; its share is exactly 0")


def check_softmax_at(f):
    z = np.log([0.25, 0.75])
    slips = [
        (shares(z / 2), "you multiplied by T; T below 1 must widen the gap"),
        ([0.25, 0.75], "T has no effect; divide the logits by it, before exp"),
        (shares(shares(z) * 2), "T divides probabilities; divide the logits by it"),
        (shares(z * 4), "T is applied twice; divide by it once"),
    ]
    expect(f, [z, 0.5], [0.1, 0.9], slips)
    expect(f, [z, 2.0], shares(z / 2))
    hint = "this overflows; subtract the largest logit, then divide by T"
    expect(f, [np.array([1000.0, 0.0]), 0.1], [1.0, 0.0], hint=hint)
    slips = [([1.0, 0.0], "a probability underflows to 0 before T acts; divide the logits by T")]
    expect(f, [np.array([1000.0, 0.0]), 1000.0], shares([1.0, 0.0]), slips)
    z = np.array([2.0, 1.0, -3.0])
    slips = [(shares(z), "T = 0 gave the result of T = 1; return the limit")]
    hint = "at T = 0 there is nothing to divide; return the limit"
    expect(f, [z, 0.0], [1.0, 0.0, 0.0], slips, hint=hint)
    tie = np.array([2.0, 2.0, -3.0])
    slips = [
        ([1.0, 0.0, 0.0], "ties at T = 0 are not shared: the first took all"),
        ([0.0, 1.0, 0.0], "ties at T = 0 are not shared: the last took all"),
        ([1.0, 1.0, 0.0], "the tie at T = 0 sums to 2; the two share 1"),
    ]
    expect(f, [tie, 0.0], [0.5, 0.5, 0.0], slips, hint=hint)
    near = np.array([0.0, 5e-324])
    got = call(f, near, 0.0, shape=(2,))
    if not close(got, [0.0, 1.0]):
        raise MistakeError(
            f"T = 0 gave {show(got)} for the logits 0 and 5e-324; a small number in place of 0 "
            "is not the limit, and nearly equal is no tie"
        )
    expect(f, [z, np.inf], [1 / 3, 1 / 3, 1 / 3], hint="at T = inf every gap is 0")
    barred = np.array([2.0, 1.0, -np.inf])
    slips = [
        (
            [1 / 3, 1 / 3, 1 / 3],
            "T = inf gave a share to a logit of -inf; what is impossible stays so",
        )
    ]
    hint = "-inf / inf is nan; share evenly over the logits that are not -inf"
    expect(f, [barred, np.inf], [0.5, 0.5, 0.0], slips, hint=hint)
    slips = [([1.0, 0.0], "a large number in place of inf is not the limit: at inf no gap counts")]
    expect(f, [np.array([1e300, 0.0]), np.inf], [0.5, 0.5], slips)
    hint = "a large logit over a tiny T overflows; subtract first, divide second"
    expect(f, [np.array([1000.0, 0.0]), 1e-306], [1.0, 0.0], hint=hint)


def check_log_sum_exp(f):
    slips = [
        (7.0, "returns the sum; take its logarithm"),
        (np.log2(7.0), "takes the logarithm to base 2; use the natural one"),
        (np.log(4.0), "returns the largest entry; the other terms count, too"),
        (np.log(3.5), "returns the logarithm of the mean; do not divide by the number of entries"),
        (np.log(12.0), "adds the entries themselves; add their exponentials"),
        (np.log(7.0 / 4.0), "the maximum was subtracted and never added back"),
        (np.log(28.0), "the maximum was added twice"),
    ]
    expect(f, [np.log([3.0, 4.0])], np.log(7.0), slips)
    hint = "this overflows for 1000; subtract the maximum, and add it back at the end"
    expect(f, [np.array([1000.0, 1000.0])], 1000 + np.log(2), hint=hint)
    hint = "all terms underflow to 0; subtract the maximum, and add it back at the end"
    expect(f, [np.array([-1000.0, -1000.0])], -1000 + np.log(2), hint=hint)
    hint = "the spread overflows; subtract the largest, not the smallest"
    expect(f, [np.array([0.0, 1000.0])], 1000.0, hint=hint)
    expect(f, [np.array([-np.inf, 0.0])], 0.0, hint="exp of -inf is 0 and adds nothing")
    got = call(f, np.array([-np.inf, -np.inf]), shape=())
    if got != -np.inf:
        raise MistakeError(
            f"two terms of -inf gave {got}, not -inf; "
            "-inf minus -inf is nan, so do not subtract a maximum of -inf"
        )


def check_draw(f):
    p = np.array([0.2, 0.5, 0.3])
    u = np.array([0.0, 0.1, 0.3, 0.65, 0.75, 0.95])
    wanted = np.array([0.0, 0, 1, 1, 2, 2])
    if not same(call(f, p, u, shape=(6,)), call(f, p, u, shape=(6,))):
        raise MistakeError(
            "the same u gave different classes; use u, and draw no numbers of your own"
        )
    slips = [
        (wanted + 1, "all classes are one too high; they count from 0"),
        (wanted - 1, "all classes are one too low; they count from 0"),
        ([0, 0, 0, 1, 1, 2], "you sorted p, so the indices name other classes"),
        ([0, 0, 1, 2, 2, 2], "you sorted p, so the indices name other classes"),
        (np.floor(3 * u), "all classes get the same share; use the cumulative sums of p"),
        (np.full(6, 1.0), "every u gave the likeliest class; compare u with the cumulative sums"),
    ]
    expect(f, [p, u], wanted, slips)
    half = np.array([0.5, 0.25, 0.25])
    slips = [([0.0, 1.0], "u = 0.5 gave class 0; where two stretches meet, the later one begins")]
    expect(f, [half, np.array([0.5, 0.75])], [1, 2], slips)
    tenths, last = np.full(10, 0.1), np.array([np.nextafter(1, 0)])
    got = call(f, tenths, last, shape=(1,))
    if got[0] != 9:
        raise MistakeError(
            f"of ten classes the largest u gave class {got[0]:.0f}, not 9; "
            "ten tenths add up to less than 1 in floats, so divide by the last sum"
        )
    got = call(f, np.append(tenths, 0.0), last, shape=(1,))
    if got[0] != 9:
        raise MistakeError(
            f"class {got[0]:.0f} came up, and its probability is 0; "
            "divide all sums by the last one; do not set the last sum to 1, nor cap the class"
        )


def check_nucleus(f):
    p = np.array([0.1, 0.5, 0.15, 0.25])
    slips = [
        ([0, 0.5, 0, 0.25], "what is left sums to 0.75; divide by its sum"),
        ([0, 1, 0, 0], "stops at 0.5, below the mass 0.7; the class that reaches it stays"),
        ([0, 5 / 9, 1 / 6, 5 / 18], "keeps one class too many; two hold 0.75 already"),
        (
            [2 / 15, 2 / 3, 1 / 5, 0],
            "adds up in the order of the classes; begin with the likeliest",
        ),
        ([2 / 3, 1 / 3, 0, 0], "right shares in the wrong places; undo the sorting"),
        (p, "keeps every class; add up from the likeliest down, and stop"),
        ([1 / 5, 0, 3 / 10, 1 / 2], "drops the likeliest class; add up from the likeliest down"),
    ]
    expect(f, [p, 0.7], [0, 2 / 3, 0, 1 / 3], slips)
    expect(f, [np.array([0.06, 0.9, 0.04]), 0.5], [0, 1, 0])
    slips = [([2 / 3, 1 / 3, 0], "keeps two classes where the first holds the mass already")]
    expect(f, [np.array([0.5, 0.25, 0.25]), 0.5], [1, 0, 0], slips)
    slips = [
        ([0.25, 0.25, 0.5], "keeps both of two equal classes where one is enough"),
        ([0, 1 / 3, 2 / 3], "of two equal classes takes the last; take the first"),
    ]
    expect(f, [np.array([0.25, 0.25, 0.5]), 0.6], [1 / 3, 0, 2 / 3], slips)
    expect(f, [p, 1.0], p)
    many = np.tile([0.005, 0.01, 0.01], 40)
    kept = np.flatnonzero(many == 0.01)[:30]
    wanted = np.where(np.isin(np.arange(120), kept), 1 / 30, 0)
    if not close(call(f, many, 0.295, shape=(120,)), wanted):
        raise MistakeError('of many equal classes keeps others than the first; kind="stable"')


def check_loss_gradient(f):
    z, y = np.array([2.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0])
    p = shares(z)
    slips = [
        (y - p, "points downhill; the gradient is the other way, p - y"),
        (p, "forgets the label; subtract 1 at it"),
        (-y / p, "is the slope in the probabilities; return the slope in the logits"),
        (p - [1, 0, 0], "subtracts 1 at class 0; the label counts from 0"),
        (p - [0, 0, 1], "subtracts 1 at class 2; the label counts from 0"),
        (z - y, "takes the logits for probabilities; apply softmax first"),
        (np.log(p) - y, "takes the logarithm of p; the gradient needs p itself"),
    ]
    expect(f, [z, 1, 1.0], p - y, slips)
    q = shares(z / 2)
    slips = [
        (q - y, "lacks the factor 1/T that differentiating z / T gives"),
        (p - y, "T has no effect; take p at T, and divide by T"),
        ((p - y) / 2, "takes p at T = 1; take it at T"),
        (2 * (q - y), "multiplies by T; the factor is 1/T"),
    ]
    expect(f, [z, 1, 2.0], (q - y) / 2, slips)
    hint = "this overflows for 1000; subtract the largest logit first, and divide by no probability"
    expect(f, [np.array([1000.0, 0.0]), 1, 1.0], [1.0, -1.0], hint=hint)


def check_best_temperature(f):
    over = np.array([[4.0, 0.0]] * 4), np.array([0, 0, 0, 1])
    answer = 4 / np.log(3)
    got = call(f, *over, shape=())
    if close(got, 1 / answer, 1e-3):
        raise MistakeError(f"returns 1/T = {got:.4f}; return T itself")
    if close(got, -answer, 1e-3):
        raise MistakeError("returns a negative T; search above 0")
    if not 1e-2 < got < 1e2:
        raise MistakeError(
            f"ran to {got:.3g}, far from the answer near {answer:.3g}; "
            "check which half you keep, and that exp does not overflow"
        )
    if not close(got, answer, 1e-5):
        near = close(got, answer, 0.1)
        cure = "go on halving" if near else "is it the mean loss that you follow?"
        raise MistakeError(f"gave {got:.5f}, where the loss is least at {answer:.5f}; {cure}")
    under = np.array([[2.0, 0.0]] * 10), np.array([0] * 9 + [1])
    got, answer = call(f, *under, shape=()), 2 / np.log(9)
    if not close(got, answer, 1e-5):
        cure = "; T may lie below 1" if got >= 0.999 else ""
        raise MistakeError(f"gave {got:.5f}, where the loss is least at {answer:.5f}{cure}")
    three = np.array([[3.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 2.5], [2.0, 1.0, 0.0]])
    expect(f, [three, np.array([0, 1, 2, 1])], 0.7372036, within=1e-5)


def check_gumbel_draw(f):
    z, n = np.log([0.2, 0.3, 0.5]), 20_000

    def frequencies(t):
        drawn = call(f, z, t, n, np.random.default_rng(0), shape=(n,))
        if not np.isin(drawn, [0, 1, 2]).all():
            raise MistakeError(f"must return classes from 0 to 2, not {show(np.unique(drawn))}")
        if not same(drawn, call(f, z, t, n, np.random.default_rng(0))):
            raise MistakeError("equal generators gave different draws; use the rng that is given")
        return np.bincount(drawn.astype(int), minlength=3) / n

    rng = np.random.default_rng(1)
    times, even = rng.exponential(size=(n, 3)), rng.random((n, 3))
    normal = rng.normal(size=(n, 3))
    got = frequencies(1.0)
    slips = [
        (np.eye(3)[got.argmax()], "all draws are one class; draw noise per class and per draw"),
        (
            won(z + np.log(times)),
            "the noise has the wrong sign or is normal; Gumbel noise is -log E",
        ),
        (won(z + times), "adds E itself; Gumbel noise is -log E"),
        (won(np.exp(z) - np.log(times)), "adds noise to probabilities; add it to logits"),
        (won(np.log(times) - z), "takes the smallest; the largest sum is the draw"),
        (won(z + even), "the noise is even from 0 to 1; Gumbel noise is -log E"),
        (won(z + normal), "the noise is normal or has the wrong sign; Gumbel noise is -log E"),
    ]
    compare(got, shares(z), slips, "T = 1")
    slips = [
        (shares(z), "T has no effect; divide the logits by it, not the noisy sum"),
        (shares(5 * z), "multiplies by T; divide the logits by it"),
    ]
    compare(frequencies(5.0), shares(z / 5), slips, "T = 5")
    one, other = (call(f, z, 1.0, n, np.random.default_rng(seed)) for seed in (0, 1))
    if same(one, other):
        raise MistakeError("two generators gave the same draws; use the rng that is given")


def won(scores):
    return np.bincount(scores.argmax(axis=1), minlength=3) / len(scores)


def compare(got, wanted, slips, place):
    if np.abs(got - wanted).max() < 0.02:
        return
    away, words = min((np.abs(got - slip).max(), words) for slip, words in slips)
    if away < 0.02:
        raise MistakeError(words)
    raise MistakeError(f"at {place} the shares are {show(got)}, not {show(np.round(wanted, 3))}")


CHECKS = {
    name.removeprefix("check_"): test
    for name, test in list(globals().items())
    if name.startswith("check_")
}


# %% [markdown]
# ## 1. A softmax that does not break
#
# Turn logits into probabilities along the last axis: a table has one distribution in each row.
# It must be right for logits of 1000, for rows that lie far apart, and for −∞.
# Read first: [subtract the maximum](../learn/numerics.md#shift).


# %%
def stable_softmax(logits): ...


# %%
check(stable_softmax)


# %% [markdown]
# ## 2. Temperature, both ends included
#
# Turn one row of logits into probabilities at the temperature `T`, from 0 to `np.inf`.
# At 0 the largest share everything evenly; at ∞ all that is possible is even.
# Read first: [zero](../learn/temperature.md#zero) and [infinity](../learn/temperature.md#infinity).


# %%
def softmax_at(logits, T): ...


# %%
check(softmax_at)


# %% [markdown]
# ## 3. Log-sum-exp
#
# Return the logarithm of the sum of `exp` of all entries, as one number.
# It must be right for entries of 1000 and −1000, and for −∞.
# Read first: [log-probabilities](../learn/logits.md#representative).


# %%
def log_sum_exp(x): ...


# %%
check(log_sum_exp)


# %% [markdown]
# ## 4. A draw from a random number
#
# For each number `u`, at least 0 and below 1, return the class whose stretch of the line it hits.
# Class 0 begins at 0, and each stretch is as long as its probability; where two stretches meet, the later one begins.
# Read first: [a draw](../learn/sampling.md#draw).


# %%
def draw(p, u): ...


# %%
check(draw)


# %% [markdown]
# ## 5. The nucleus
#
# Keep the fewest of the likeliest classes that hold at least the given mass, and make them sum to 1.
# The others get 0; of equal classes the first is taken first.
# Read first: [top-p](../learn/truncation.md#top-p).


# %%
def nucleus(p, mass): ...


# %%
check(nucleus)


# %% [markdown]
# ## 6. The gradient of the loss
#
# Return the slope of the cross-entropy at the temperature `T` in each logit; `label` is an index.
# It must be right to nine decimal places, and for logits of 1000.
# Read first: [the slope of the loss](../learn/loss.md#gradient).


# %%
def loss_gradient(logits, label, T): ...


# %%
check(loss_gradient)


# %% [markdown]
# ## 7. The best temperature
#
# Return the T at which the mean loss of all rows is least, to five digits, by halving an interval.
# `logits` has one row for each example, `labels` one index for each row.
# In 1/T the slope of the mean loss rises, if the logits are finite and not all rows constant, so it has at most one zero; the rows here have one between 0.001 and 1000.
# Read first: [one minimum](../learn/calibration.md#fit).


# %%
def best_temperature(logits, labels): ...


# %%
check(best_temperature)


# %% [markdown]
# ## 8. Draws from noise
#
# Return `size` draws: for each, add fresh Gumbel noise to every logit over `T`, and take the position of the largest.
# Gumbel noise is −log E, where E comes from `rng.exponential`.
# Read first: [Gumbel-max](../learn/sampling.md#gumbel).


# %%
def gumbel_draw(logits, T, size, rng): ...


# %%
check(gumbel_draw)
