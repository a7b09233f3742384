def momentum_step(w, velocity, dw, rate, momentum):
    """One update with momentum."""
    velocity_new = momentum * velocity + dw
    w_new = w - rate * velocity_new
    return w_new, velocity_new
