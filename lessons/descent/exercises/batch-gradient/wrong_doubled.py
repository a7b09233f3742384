# expect: value


def batch_gradient(x, y, w, batch):
    """Takes the gradient of the mean square, without the half."""
    error = x[batch] @ w - y[batch]
    return 2 * x[batch].T @ error / len(batch)
