# expect: value places
def output_size(size, kernel, stride, padding):
    """Counts the steps and forgets the place before the first: n - k."""
    return (size + 2 * padding - kernel) // stride
