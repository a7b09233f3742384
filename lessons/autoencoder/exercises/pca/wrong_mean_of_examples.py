# expect: value
import numpy as np


def pca_reconstruct(x, k):
    """Takes the mean over each example's own numbers."""
    mean = x.mean(axis=0, keepdims=True)
    u, _, _ = np.linalg.svd(x - mean, full_matrices=False)
    return mean + u[:, :k] @ (u[:, :k].T @ (x - mean))
