# expect: error
import numpy as np


def conv2d_backward_input(kernel, dy, height, width):
    """Makes dx as large as the map: the last windows do not fit."""
    rows, columns = kernel.shape
    dx = np.zeros(dy.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + rows, j : j + columns] += dy[i, j] * kernel
    return dx
