# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Finds the directions of the examples with their mean in."""
    u, _, _ = np.linalg.svd(x, full_matrices=False)
    return u[:, :k] @ (u[:, :k].T @ x)
