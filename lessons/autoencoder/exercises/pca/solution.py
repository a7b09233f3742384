import numpy as np


def pca_reconstruct(x, k):
    """The examples in the columns of x, rebuilt from k numbers each."""
    mean = x.mean(axis=1, keepdims=True)
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    directions = u[:, :k]
    code = directions.T @ (x - mean)
    return mean + directions @ code
