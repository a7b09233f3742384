# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Keeps a direction more."""
    mean = x.mean(axis=1, keepdims=True)
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    return mean + u[:, : k + 1] @ (u[:, : k + 1].T @ (x - mean))
