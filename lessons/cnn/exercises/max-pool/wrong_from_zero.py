# expect: value
import numpy as np


def max_pool2d(x, window, stride):
    """Looks for something larger than 0, and so never finds a negative maximum."""
    height = (x.shape[0] - window) // stride + 1
    width = (x.shape[1] - window) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = max(0.0, x[top : top + window, left : left + window].max())
    return y
