import numpy as np


def conv2d_backward_weights(x, dy, rows, columns):
    """How the loss changes with each weight of the kernel."""
    dw = np.zeros((rows, columns))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dw += dy[i, j] * x[i : i + rows, j : j + columns]
    return dw
