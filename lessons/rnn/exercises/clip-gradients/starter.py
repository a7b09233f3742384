# dl-tutor exercise: rnn/clip-gradients
import numpy as np


def clip(dU, dW, limit):
    """Both gradients, shortened together."""
    norm = np.sqrt(np.sum(dU**2))  # of dU alone, so far
    scale = limit if norm > limit else 1.0  # is that the right number?
    return dU * scale, dW * scale
