# dl-tutor exercise: cnn/conv2d-backward-input
import numpy as np


def conv2d_backward_input(kernel, dy, height, width):
    """How the loss changes with each pixel."""
    rows, columns = kernel.shape
    dx = np.zeros((height, width))
    for i in range(height - rows + 1):
        for j in range(width - columns + 1):
            dx[i, j] += dy[i, j]  # is this the only cell that it goes to, and all of it?
    return dx
