# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Takes one mean of all numbers."""
    mean = x.mean()
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    return mean + u[:, :k] @ (u[:, :k].T @ (x - mean))
