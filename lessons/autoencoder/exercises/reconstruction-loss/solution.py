def reconstruction_loss(y, x):
    """The mean squared error of the reconstruction y, and its gradient on y."""
    difference = y - x
    return (difference**2).mean(), 2 * difference / difference.size
