"""The recipe of the lessons reads handwritten digits that it has not seen."""

from __future__ import annotations

import pytest

from tests.engine import digit_recipe


@pytest.mark.parametrize("seed", [0, 1])
def test_the_recipe_reads_the_digits(seed: int) -> None:
    state = digit_recipe.trained(seed, "float32")
    score = digit_recipe.tested(state)
    assert state.network.parameter_count == 6090
    assert score.accuracy is not None and score.accuracy >= 0.97
    assert score.loss < 0.12
