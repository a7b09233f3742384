# dl-tutor exercise: autoencoder/pca
import numpy as np


def pca_reconstruct(x, k):
    """The examples in the columns of x, rebuilt from k numbers each."""
    mean = x.mean(axis=1, keepdims=True)
    return np.zeros(x.shape) + mean  # every example is the mean: keep more of it
