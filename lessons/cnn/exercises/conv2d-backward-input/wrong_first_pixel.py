# expect: value
import numpy as np


def conv2d_backward_input(kernel, dy, height, width):
    """Gives all of it to the first pixel of the window."""
    dx = np.zeros((height, width))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i, j] += dy[i, j] * kernel.sum()
    return dx
