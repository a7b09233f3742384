# expect: value


def batch_gradient(x, y, w, batch):
    """Adds up and does not divide: a larger batch takes larger steps."""
    error = x[batch] @ w - y[batch]
    return x[batch].T @ error
