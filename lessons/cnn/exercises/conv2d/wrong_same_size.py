# expect: shape y
import numpy as np


def conv2d(x, kernel):
    """Makes the map as large as the picture; at the edges the window is cut."""
    rows, columns = kernel.shape
    y = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            window = x[i : i + rows, j : j + columns]
            y[i, j] = np.sum(window * kernel[: window.shape[0], : window.shape[1]])
    return y
