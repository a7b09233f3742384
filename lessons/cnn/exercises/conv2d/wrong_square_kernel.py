# expect: shape y
import numpy as np


def conv2d(x, kernel):
    """Takes every kernel to be square."""
    size = kernel.shape[0]
    y = np.zeros((x.shape[0] - size + 1, x.shape[1] - size + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            window = x[i : i + size, j : j + kernel.shape[1]]
            y[i, j] = np.sum(window * kernel[:, : window.shape[1]])
    return y
