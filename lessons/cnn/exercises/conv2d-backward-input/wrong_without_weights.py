# expect: value
import numpy as np


def conv2d_backward_input(kernel, dy, height, width):
    """Hands the gradient back whole, whatever the weight."""
    rows, columns = kernel.shape
    dx = np.zeros((height, width))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + rows, j : j + columns] += dy[i, j]
    return dx
