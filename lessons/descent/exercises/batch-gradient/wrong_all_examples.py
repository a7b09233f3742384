# expect: value


def batch_gradient(x, y, w, batch):
    """Takes all the examples, whatever the batch."""
    error = x @ w - y
    return x.T @ error / len(x)
