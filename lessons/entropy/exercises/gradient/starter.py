# dl-tutor exercise: entropy/gradient
import numpy as np


def gradient(p, target):
    """The gradient of the mean loss on the logits."""
    return np.array(p)  # less what, and for how many examples?
