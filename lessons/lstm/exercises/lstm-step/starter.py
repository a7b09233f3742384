# dl-tutor exercise: lstm/lstm-step
import numpy as np


def sigmoid(a):
    """Between 0 and 1."""
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h, c, W_f, W_i, W_g, W_o, b_f, b_i, b_g, b_o):
    """The next hidden state and cell state."""
    hx = np.concatenate([h, x])
    f = sigmoid(W_f @ hx + b_f)
    # i, g and o?
    return h, f * c
