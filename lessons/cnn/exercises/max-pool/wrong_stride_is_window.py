# expect: shape y
import numpy as np


def max_pool2d(x, window, stride):
    """Takes the stride to be the window."""
    height = x.shape[0] // window
    width = x.shape[1] // window
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * window, j * window
            y[i, j] = x[top : top + window, left : left + window].max()
    return y
