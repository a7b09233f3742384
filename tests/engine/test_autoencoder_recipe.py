"""The autoencoders of the lesson reach PCA, or go below it, on digits they have not seen."""

from __future__ import annotations

import pytest

from tests.engine.autoencoder_recipe import RECIPES, Recipe, error

SHORT = 20
"""Epochs: a fifth of the recipe's; the benchmark trains through them all, for ten seeds."""


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.name)
def test_the_recipe_is_held_against_pca(recipe: Recipe, seed: int) -> None:
    ratio = error(recipe.trained(seed, SHORT)) / recipe.baseline()
    if recipe.activation == "linear":
        assert ratio == pytest.approx(1, abs=0.01)
    else:
        assert ratio < 0.995
