# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Never adds the mean again."""
    u, _, _ = np.linalg.svd(x - x.mean(axis=1, keepdims=True), full_matrices=False)
    return u[:, :k] @ (u[:, :k].T @ (x - x.mean(axis=1, keepdims=True)))
