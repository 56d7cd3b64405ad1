"""Every rule about inputs, through the functions that readers call."""

import re
from collections import deque
from decimal import Decimal

import numpy as np
import pytest
from numpy.exceptions import AxisError

import softdial as sd
from softdial import _inputs

INF, NAN = np.inf, np.nan
Z = np.array([[0.0, 1.0, 2.0], [2.0, 0.0, 1.0]])
HALF = [0.5, 0.5]
MASKED = np.ma.masked_array([1.0, 2.0], [False, True])


class Refusing:
    """What a tensor of a type that NumPy lacks does."""

    def __array__(self, dtype=None, copy=None):
        raise TypeError("no such type")

    __index__ = __array__


class Variable:
    """What a file format does that hands out its masked array."""

    def __array__(self, dtype=None, copy=None):
        return MASKED


def error(call):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    return caught.value


# call, kind of error, what its message must hold: the argument, the value, the cure
REFUSED = [
    # temperature
    (lambda: sd.softmax(Z, temperature=-1), ValueError, "temperature negative -1 negate"),
    (lambda: sd.softmax(Z, temperature=[1, -2]), ValueError, "temperature negative -2 negate"),
    (lambda: sd.softmax(Z, temperature=[0, -2]), ValueError, "temperature negative -2 negate"),
    (lambda: sd.softmax(Z, temperature=NAN), ValueError, "temperature nan 0 or inf"),
    (lambda: sd.softmax(Z, temperature=[1, NAN]), ValueError, "temperature nan 0 or inf"),
    (lambda: sd.softmax(Z, temperature="1"), TypeError, "temperature '1' float"),
    (lambda: sd.softmax(Z, temperature=None), TypeError, "temperature None float"),
    (lambda: sd.softmax(Z, temperature=1j), TypeError, "temperature 1j float"),
    (lambda: sd.softmax(Z, temperature=True), TypeError, "temperature True float"),
    (lambda: sd.softmax(Z, temperature=[True]), TypeError, "temperature bool float"),
    (lambda: sd.softmax(Z, temperature=[1, 2, 3]), ValueError, "temperature (3,) (2,) per dist"),
    (lambda: sd.softmax(Z, temperature=[[1], [2]]), ValueError, "temperature (2, 1) drop the last"),
    (
        lambda: sd.softmax(np.zeros((2, 3, 4)), temperature=np.ones((2, 3, 1))),
        ValueError,
        "temperature (2, 3, 1) drop the last",
    ),
    (lambda: sd.softmax(Z.T, temperature=[1, 2]), ValueError, "temperature (2,) (3,) per dist"),
    (lambda: sd.softmax(Z.T, temperature=[[1], [2]]), ValueError, "temperature (2, 1) per dist"),
    (lambda: sd.softmax(Z[0], temperature=[[1, 2]]), ValueError, "temperature (1, 2) flat list"),
    (lambda: sd.softmax_jacobian(Z, temperature=0), ValueError, "temperature 0.0 small"),
    (lambda: sd.softmax_jacobian(Z, temperature=[1, 0]), ValueError, "temperature 0.0 small"),
    # logits
    (lambda: sd.softmax(3.0), ValueError, "logits axis 3.0 list"),
    (lambda: sd.softmax([]), ValueError, "logits class (0,)"),
    (lambda: sd.softmax(np.empty((2, 0))), ValueError, "logits class (2, 0)"),
    (lambda: sd.softmax([1j, 0]), TypeError, "logits complex128 float64"),
    (lambda: sd.softmax(["1", "2"]), TypeError, "logits <U1 float64"),
    (lambda: sd.softmax([None, 1]), TypeError, "logits None float64"),
    (lambda: sd.softmax([[1.0, Decimal("2")]]), TypeError, "logits Decimal float64"),
    (lambda: sd.softmax(np.array([1, 2], object)), TypeError, "logits object float64"),
    (lambda: sd.softmax([10**400, 0]), ValueError, "logits float 1000 scale"),
    (lambda: sd.softmax([1, 0], temperature=10**400), ValueError, "temperature float 1000 use inf"),
    (lambda: sd.softmax([1, 0], temperature=-(10**400)), ValueError, "temperature -1000 scale"),
    (lambda: sd.softmax({1, 2}), TypeError, "logits {1, 2} array"),
    (lambda: sd.softmax(Refusing()), TypeError, "logits Refusing NumPy array of floats"),
    (lambda: sd.softmax(MASKED), TypeError, "logits masked .astype(float).filled(-np.inf)"),
    (lambda: sd.softmax([MASKED, MASKED]), TypeError, "logits masked rows .filled(value)"),
    (lambda: sd.softmax([(Z[0, :2], MASKED)]), TypeError, "logits masked rows .filled(value)"),
    (lambda: sd.softmax(deque([MASKED, MASKED])), TypeError, "logits masked rows .filled(value)"),
    (lambda: sd.softmax(Variable()), TypeError, "logits masked .astype(float).filled(-np.inf)"),
    (lambda: sd.entropy(MASKED), TypeError, "p masked .filled(value)"),
    (lambda: sd.cross_entropy(Z, MASKED), TypeError, "labels masked drop"),
    (lambda: sd.softmax([[1, 2], [3]]), ValueError, "logits [[1, 2], [3]] equally long"),
    (lambda: sd.logsumexp(2.0), ValueError, "x axis 2.0 list"),
    (lambda: sd.sample([-INF, -INF]), ValueError, "logits no distribution finite"),
    (lambda: sd.sample([[0, 1], [NAN, 1]]), ValueError, "logits row (1,) finite"),
    # axis
    (lambda: sd.softmax(Z, axis=2), AxisError, "axis 2 -2 to 1"),
    (lambda: sd.softmax(Z, axis=-3), AxisError, "axis -3 -2 to 1"),
    (lambda: sd.kl_divergence(HALF, HALF, axis=1), AxisError, "axis 1 -1 to 0"),
    (lambda: sd.kl_divergence([HALF] * 2, HALF, axis=0), AxisError, "q axis -2 (2,) same axes"),
    (lambda: sd.logsumexp(Z, axis=2), AxisError, "axis 2 -2 to 1"),
    (lambda: sd.logsumexp(np.zeros((200, 300)), axis=-3), AxisError, "axis -3 -2 to 1"),
    (lambda: sd.entropy([HALF, HALF], axis=2), AxisError, "axis 2 -2 to 1"),
    (lambda: sd.logsumexp(Z, axis=None), TypeError, "axis None .reshape(-1)"),
    (lambda: sd.entropy(HALF, axis=True), TypeError, "axis True .reshape"),
    (lambda: sd.softmax(Z, axis=np.array(0)), TypeError, "axis array(0) .reshape"),
    (lambda: sd.softmax(Z, axis=None), TypeError, "axis None .reshape(-1)"),
    (lambda: sd.softmax(Z, axis=(0, 1)), TypeError, "axis (0, 1) .reshape"),
    (lambda: sd.softmax(Z, axis=1.0), TypeError, "axis 1.0 .reshape"),
    (lambda: sd.softmax(Z, axis=True), TypeError, "axis True .reshape"),
    # probabilities
    (lambda: sd.logit(1.5), ValueError, "p [0, 1] 1.5 sigmoid percent"),
    (lambda: sd.logit([0.5, NAN]), ValueError, "p [0, 1] nan remove nan"),
    (lambda: sd.entropy([0.5, 0.6]), ValueError, "p sum to 1 1.1 divide [1 - p, p]"),
    (lambda: sd.entropy([HALF, [0.5, 0.4]]), ValueError, "p sum to 1 0.9 row (1,) divide axis"),
    (lambda: sd.entropy([[0.9], [0.8]]), ValueError, "p sum to 1 0.9 row (0,) [1 - p, p]"),
    (lambda: sd.entropy([-0.5, 1.5]), ValueError, "p [0, 1] -0.5 softmax"),
    (lambda: sd.entropy(0.5), ValueError, "p axis 0.5 list"),
    (lambda: sd.entropy(HALF, base=1), ValueError, "base 1.0 2 for bits"),
    (lambda: sd.entropy(HALF, base=INF), ValueError, "base inf 2 for bits"),
    (lambda: sd.entropy(HALF, base="e"), TypeError, "base 'e' 2 for bits"),
    (lambda: sd.entropy(HALF, base=[2]), TypeError, "base (1,) 2 for bits"),
    (lambda: sd.kl_divergence(0.5, HALF), ValueError, "p at least one axis 0.5 list"),
    (lambda: sd.kl_divergence(HALF, [1.0]), ValueError, "p and q (2,) (1,) same classes"),
    (lambda: sd.kl_divergence([HALF] * 2, [HALF] * 3), ValueError, "p and q (2, 2) (3, 2) rows"),
    # labels
    (lambda: sd.cross_entropy(Z, [0.0, 1.0]), TypeError, "labels float64 .astype(int)"),
    (lambda: sd.cross_entropy(Z, np.float16([0, 1])), TypeError, "labels float16 .astype(int)"),
    (lambda: sd.cross_entropy(Z, [True, False]), TypeError, "labels bool .astype(int)"),
    (lambda: sd.cross_entropy([HALF, HALF], [0.7, 1.0]), TypeError, "labels float64 [1 - p, p]"),
    (lambda: sd.cross_entropy(Z, [0.7, 1.0]), TypeError, "labels float64 class index"),
    (lambda: sd.cross_entropy(Z, [0.0, np.nan]), TypeError, "labels float64 class index"),
    (lambda: sd.cross_entropy(Z, [[0], [1]]), ValueError, "labels (2, 1) (2, 3) last axis"),
    (lambda: sd.cross_entropy(Z[0], [0, 1, 2]), ValueError, "labels 2 shape probabilities"),
    (lambda: sd.cross_entropy(Z[0], [0, 1, 1]), ValueError, "labels sum 2 logit [0, x]"),
    (lambda: sd.cross_entropy([[3.0]], [1]), ValueError, "labels 0 to 0 1 logit [0, x]"),
    (lambda: sd.cross_entropy([[3.0]], [-1]), ValueError, "labels 0 to 0 -1 from 0 -100"),
    (lambda: sd.cross_entropy(Z, [0, 3]), ValueError, "labels 0 to 2 3 from 0"),
    (lambda: sd.cross_entropy(Z, [0, -1]), ValueError, "labels 0 to 2 -1 from 0 -100"),
    (lambda: sd.cross_entropy(Z, [0.0, 2.0**63]), TypeError, "labels float64 pass a class index"),
    (lambda: sd.cross_entropy(Z[0], 3), ValueError, "labels 0 to 2 3 from 0"),
    (lambda: sd.cross_entropy(Z, np.uint64([2**64 - 1, 0])), ValueError, "labels 0 to 2 18446"),
    (lambda: sd.cross_entropy(Z, [0, 1, 2]), ValueError, "labels logits (3,) (2, 3) class index"),
    (lambda: sd.cross_entropy(Z, Z * 0), ValueError, "labels sum to 1 0 divide by the sum"),
    (lambda: sd.cross_entropy(Z, "01"), TypeError, "labels '01' class indices"),
    (lambda: sd.calibration_curve([HALF], [2]), ValueError, "labels 0 to 1 2"),
    # truncation
    (lambda: sd.top_k(Z, 0), ValueError, "k at least 1 0 k=1 keeps all"),
    (lambda: sd.top_k(Z, 2.0), TypeError, "k integer 2.0 k=1"),
    (lambda: sd.top_k(Z, True), TypeError, "k integer True k=1"),
    (lambda: sd.top_k(Z, np.array([1])), TypeError, "k integer array([1]) k=1"),
    (lambda: sd.top_k(Z, Refusing()), TypeError, "k integer Refusing k=1"),
    (lambda: sd.top_k(Z, None), TypeError, "k integer None k=1"),
    (lambda: sd.top_p(Z, 0), ValueError, "p (0, 1] 0.0 top_k(logits, 1)"),
    (lambda: sd.top_p(Z, 1.1), ValueError, "p (0, 1] 1.1 90 percent"),
    (lambda: sd.top_p(Z, NAN), ValueError, "p (0, 1] nan 90 percent"),
    (lambda: sd.top_p(Z, "0.9"), TypeError, "p '0.9'"),
    (lambda: sd.top_p(Z, [0.9]), TypeError, "p (1,)"),
    (lambda: sd.min_p(Z, -0.1), ValueError, "p [0, 1] -0.1 percent"),
    (lambda: sd.min_p(Z, 2), ValueError, "p [0, 1] 2.0 percent"),
    # sampling
    (lambda: sd.sample(Z, size=-1), ValueError, "size negative (-1,) count"),
    (lambda: sd.sample(Z, size=(3, -1)), ValueError, "size negative (3, -1) count"),
    (lambda: sd.sample(Z, size=1.5), TypeError, "size integer 1.5 count"),
    (lambda: sd.sample(Z, size=(2, None)), TypeError, "size integer None count"),
    (lambda: sd.sample(Z, rng="seed"), TypeError, "rng 'seed' int"),
    (lambda: sd.sample(Z, rng=-1), ValueError, "rng -1 int"),
    (lambda: sd.sample(Z, rng=True), TypeError, "rng True int"),
    (lambda: sd.sample(Z, rng=np.random.RandomState(0)), TypeError, "rng RandomState int"),
    # bins
    (lambda: sd.calibration_curve([HALF], [0], n_bins=0), ValueError, "n_bins 0 n_bins=1"),
    (lambda: sd.calibration_curve([HALF], [0], n_bins=2.0), TypeError, "n_bins 2.0 n_bins=1"),
]


class TestErrors:
    @pytest.mark.parametrize(("call", "kind", "words"), REFUSED, ids=[row[2] for row in REFUSED])
    def test_bad_input_is_named_shown_and_cured(self, call, kind, words):
        caught = error(call)
        message = str(caught)

        assert type(caught) is kind
        assert re.fullmatch(r"[^\n]+,[ \n]got [^\n]+;\n[^\n]+", message), message
        assert message.startswith(words.split()[0])
        assert [word for word in words.split() if word not in message] == []
        # each line fits beside the code on a narrow page
        assert [line for line in message.splitlines() if len(line) > 56] == []

    def test_options_go_by_name(self):
        for call in (
            lambda: sd.softmax(Z, 1),
            lambda: sd.log_softmax(Z, 1),
            lambda: sd.logsumexp(Z, 1),
            lambda: sd.entropy(HALF, 0),
            lambda: sd.kl_divergence(HALF, HALF, 0),
            lambda: sd.cross_entropy(Z, [0, 1], 1),
            lambda: sd.softmax_jacobian(Z, 1),
            lambda: sd.sample(Z, 1),
            lambda: sd.calibration_curve([HALF], [0], 15),
        ):
            assert "positional argument" in str(error(call))

    def test_a_long_value_is_cut(self):
        message = str(error(lambda: sd.softmax("x" * 200)))
        shown = re.search(r"got (.*);", message)[1]
        assert shown == "'" + "x" * 47 + "..."
        assert "x" * 49 in str(error(lambda: sd.softmax("x" * 49)))  # 51 with its quotes

    def test_the_first_wrong_temperature_is_shown(self):
        assert "got -2.0;" in str(error(lambda: sd.softmax(Z, temperature=[0.5, -2.0])))

    def test_errors_do_not_hide_behind_others(self):
        assert error(lambda: sd.softmax([[1, 2], [3]])).__suppress_context__

    def test_what_a_tensor_says_itself_stands_above(self):
        assert str(error(lambda: sd.softmax(Refusing())).__cause__) == "no such type"

    def test_the_cure_of_a_mask_gives_the_hidden_class_nothing(self):
        whole = np.ma.masked_array([2, 1, 9], [False, False, True])
        assert sd.softmax(whole.astype(float).filled(-np.inf))[2] == 0

    def test_numpy_itself_warns_of_a_masked_number_in_a_list(self):
        with pytest.warns(UserWarning, match="masked element to nan"):
            assert np.isnan(sd.softmax([np.ma.masked, 1.0])).all()


class TestAccepted:
    @pytest.mark.parametrize(
        ("values", "tolerated"),
        [
            (np.array([0.5, 0.5 + 9e-7]), True),
            (np.array([0.5, 0.5 + 3e-6]), False),
            (np.array([0.5, 0.5 + 9e-5], np.float32), True),
            (np.array([0.5, 0.5 + 3e-4], np.float32), False),
            (np.array([0.5, 0.508], np.float16), True),
            (np.array([0.5, 0.52], np.float16), False),
        ],
    )
    def test_rows_may_miss_1_by_their_rounding(self, values, tolerated):
        if tolerated:
            sd.entropy(values)
        else:
            assert "must sum to 1" in str(error(lambda: sd.entropy(values)))

    @pytest.mark.parametrize("size", [None, 3, (2, 2), [2, 2], np.int64(3), (), 0])
    def test_sizes_come_in_many_forms(self, size):
        shape = () if size is None else np.empty(size).shape
        assert np.shape(sd.sample([0.0, 1.0], size=size, rng=0)) == shape

    @pytest.mark.parametrize(
        "rng", [None, 0, np.int64(7), np.random.default_rng(1), np.random.SeedSequence(1)]
    )
    def test_generators_come_in_many_forms(self, rng):
        assert sd.sample([0.0, 1.0], rng=rng) in (0, 1)

    @pytest.mark.parametrize("axis", [1, np.int64(1), np.array(1)[()], -1])
    def test_integers_of_every_kind_are_axes(self, axis):
        np.testing.assert_array_equal(sd.softmax(Z, axis=axis), sd.softmax(Z))

    @pytest.mark.parametrize("axis", [0, np.int64(0), -2, np.int64(-2)])
    def test_the_first_axis_is_one_from_both_ends(self, axis):
        np.testing.assert_array_equal(sd.softmax(Z.T, axis=axis), sd.softmax(Z).T)

    def test_integers_beyond_64_bits_are_numbers_too(self):
        np.testing.assert_array_equal(sd.softmax([2**70, 0]), [1, 0])
        np.testing.assert_array_equal(sd.softmax([2**70, 0.5, -np.inf, True]), [1, 0, 0, 0])
        np.testing.assert_array_equal(sd.softmax([1, 2], temperature=10**30), [0.5, 0.5])

    def test_a_temperature_beyond_the_range_of_float64_is_infinite(self):
        with np.errstate(over="ignore"):
            huge = np.longdouble(1e300) ** 4  # where it is no wider, infinite already
        np.testing.assert_array_equal(sd.softmax([1.0, 2.0], temperature=huge), [0.5, 0.5])

    def test_errors_of_others_are_not_explained_away(self):
        class Broken:
            def __array__(self, dtype=None, copy=None):
                raise ValueError("nothing to do with the shape")

        assert "nothing to do" in str(error(lambda: sd.softmax(Broken())))

    def test_inputs_stay_as_they_are(self):
        z, p = Z.copy(), sd.softmax(Z)
        before = z.copy(), p.copy()
        for array in (z, p):
            array.flags.writeable = False
        sd.softmax(z, temperature=0), sd.log_softmax(z, temperature=0.5), sd.logsumexp(z)
        sd.logit(p), sd.sigmoid(z), sd.entropy(p), sd.kl_divergence(p, p), sd.softmax_jacobian(z)
        sd.cross_entropy(z, p), sd.top_k(z, 1), sd.top_p(z, 0.5), sd.min_p(z, 0.5)
        sd.sample(z, rng=0), sd.fit_temperature(z, [2, 2]), sd.calibration_curve(p, [0, 1])
        np.testing.assert_array_equal(z, before[0])
        np.testing.assert_array_equal(p, before[1])


class TestFault:
    def test_the_parts_stand_in_the_house_order(self):
        fault = _inputs.fault(ValueError, "x must be y", "1\n 2", "do z")
        assert str(fault) == "x must be y, got 1 2;\ndo z"

    @pytest.mark.parametrize(("more", "gap"), [(0, " "), (1, "\n")])
    def test_a_value_stands_below_where_the_line_would_be_too_long(self, more, gap):
        what = "x" * (_inputs.WIDTH - len(", got 12;") + more)
        assert str(_inputs.fault(ValueError, what, 12, "do z")) == f"{what},{gap}got 12;\ndo z"
