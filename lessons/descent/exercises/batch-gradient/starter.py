# dl-tutor exercise: descent/batch-gradient
import numpy as np


def batch_gradient(x, y, w, batch):
    """The gradient on w of half the mean squared error over the batch."""
    error = x @ w - y  # of all the examples, and one number for each
    return np.full(w.shape, error.sum())
