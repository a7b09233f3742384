# dl-tutor exercise: rnn/bptt-step
import numpy as np


def bptt_step(dy, da_next, x, h, h_before, W, V):
    """What one step back through time gives."""
    da = np.zeros(len(h))  # from y and from the next step, then through tanh
    dU = np.outer(da, x)
    dW = np.outer(da, h_before)
    return da, dU, dW
