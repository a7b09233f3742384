def batch_gradient(x, y, w, batch):
    """The gradient on w of half the mean squared error over the batch."""
    error = x[batch] @ w - y[batch]
    return x[batch].T @ error / len(batch)
