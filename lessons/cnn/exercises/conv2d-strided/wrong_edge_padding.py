# expect: value y[0,0]
import numpy as np


def conv2d(x, kernel, stride, padding):
    """Pads with copies of the edge, not with zeros."""
    rows, columns = kernel.shape
    padded = np.pad(x, padding, mode="edge")
    height = (padded.shape[0] - rows) // stride + 1
    width = (padded.shape[1] - columns) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = np.sum(padded[top : top + rows, left : left + columns] * kernel)
    return y
