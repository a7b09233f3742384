# expect: error
import numpy as np


def conv2d_backward_weights(x, dy, rows, columns):
    """Takes the window to have the shape of dy."""
    dw = np.zeros((rows, columns))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dw += dy[i, j] * x[i : i + dy.shape[0], j : j + dy.shape[1]]
    return dw
