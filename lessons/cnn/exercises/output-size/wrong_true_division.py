# expect: type places
def output_size(size, kernel, stride, padding):
    """Divides with /, which gives a fraction of a place."""
    return (size + 2 * padding - kernel) / stride + 1
