# expect: shape y
import numpy as np


def max_pool2d(x, window, stride):
    """Keeps the windows that hang over the edge."""
    height = -(-(x.shape[0] - window) // stride) + 1
    width = -(-(x.shape[1] - window) // stride) + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = x[top : top + window, left : left + window].max()
    return y
