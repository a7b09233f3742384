# expect: shape
import numpy as np


def pca_reconstruct(x, k):
    """Returns the code."""
    mean = x.mean(axis=1, keepdims=True)
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    return u[:, :k].T @ (x - mean)
