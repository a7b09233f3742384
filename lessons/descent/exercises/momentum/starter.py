# dl-tutor exercise: descent/momentum
import numpy as np


def momentum_step(w, velocity, dw, rate, momentum):
    """One update with momentum."""
    w_new = w - rate * dw  # plain gradient descent
    velocity_new = np.zeros(w.shape)
    return w_new, velocity_new
