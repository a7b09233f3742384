# dl-tutor exercise: cnn/max-pool
import numpy as np


def max_pool2d(x, window, stride):
    """The largest number of every window."""
    height = (x.shape[0] - window) // stride + 1
    width = (x.shape[1] - window) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            y[i, j] = 0.0  # the largest of which window?
    return y
