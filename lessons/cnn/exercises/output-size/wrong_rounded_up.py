# expect: value places
import math


def output_size(size, kernel, stride, padding):
    """Takes the last step although it leaves the picture."""
    return math.ceil((size + 2 * padding - kernel) / stride) + 1
