# expect: value y[0,1]
import numpy as np


def max_pool2d(x, window, stride):
    """Gives the map its size, but moves the window by one cell."""
    height = (x.shape[0] - window) // stride + 1
    width = (x.shape[1] - window) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i, j
            y[i, j] = x[top : top + window, left : left + window].max()
    return y
