# expect: value


def batch_gradient(x, y, w, batch):
    """Divides by the number of all examples."""
    error = x[batch] @ w - y[batch]
    return x[batch].T @ error / len(x)
