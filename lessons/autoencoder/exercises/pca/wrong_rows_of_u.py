# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Takes the rows of u for directions."""
    mean = x.mean(axis=1, keepdims=True)
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    return mean + u[:k].T @ (u[:k] @ (x - mean)) if u.shape[0] == u.shape[1] else x
