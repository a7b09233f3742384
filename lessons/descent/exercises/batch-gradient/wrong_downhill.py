# expect: value


def batch_gradient(x, y, w, batch):
    """Turns the sign: the direction of the step, not the gradient."""
    error = y[batch] - x[batch] @ w
    return x[batch].T @ error / len(batch)
