"""Results used as what they are: run here, and read by the type checker with the package."""

import numpy as np
from numpy.typing import NDArray

from softdial import (
    calibration_curve,
    cross_entropy,
    entropy,
    logsumexp,
    sample,
    sigmoid,
    softmax,
    softmax_jacobian,
)


class TestResults:
    def test_of_one_row_they_are_numbers(self) -> None:
        choices: float = entropy([0.5, 0.5])
        chance: float = sigmoid(0.0)
        drawn: int = sample([0.0, 1.0], rng=0)
        assert (choices > 0.6, chance, ["tail", "head"][drawn]) == (True, 0.5, "head")

    def test_of_many_rows_they_are_arrays(self) -> None:
        logits: NDArray[np.float32] = np.zeros((2, 3), np.float32)
        p: NDArray[np.float32] = softmax(logits)
        losses: NDArray[np.float32] = cross_entropy(logits, [0, 2])
        slopes: NDArray[np.float32] = softmax_jacobian(logits)
        accuracy: NDArray[np.float64] = calibration_curve(p, [0, 2]).accuracy
        assert (p.shape, slopes.shape, accuracy.shape) == ((2, 3), (2, 3, 3), (15,))
        assert (losses[0], logsumexp(logits)[1]) == (np.log(np.float32(3)),) * 2
        assert [int(i) for i in sample(logits[0], size=3, rng=0)] == [1, 0, 0]
