# dl-tutor exercise: lstm/softmax-gradient
import numpy as np


def logits_gradient(z, k):
    """The gradient of the cross-entropy on the logits."""
    return np.exp(z) / np.exp(z).sum()  # and the class that came?
