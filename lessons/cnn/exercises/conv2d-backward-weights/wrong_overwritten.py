# expect: value
import numpy as np


def conv2d_backward_weights(x, dy, rows, columns):
    """Keeps the last place only: the sum over places is missing."""
    dw = np.zeros((rows, columns))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dw = dy[i, j] * x[i : i + rows, j : j + columns]
    return dw
