# expect: shape y
import numpy as np


def conv2d(x, kernel):
    """Takes the map to be n - k cells wide: the last place is forgotten."""
    rows, columns = kernel.shape
    y = np.zeros((x.shape[0] - rows, x.shape[1] - columns))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i : i + rows, j : j + columns] * kernel)
    return y
