"""How large a convolution's map is."""

from __future__ import annotations

from engine.shapes import check_whole


def output_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Rows (or columns) of the map: floor((W + 2P - D(K-1) - 1)/S) + 1, all in cells.

    Source: Dumoulin & Visin 2016, relationship 14, with dilation. Errors: ValueError when the
    kernel does not fit into the padded input, or a setting is not a whole number.
    """
    for name, value, low in (
        ("size", size, 1),
        ("kernel", kernel, 1),
        ("stride", stride, 1),
        ("padding", padding, 0),
        ("dilation", dilation, 1),
    ):
        check_whole("output_size", name, value, low)
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if room < 0:
        raise ValueError(
            f"a kernel of {kernel} with dilation {dilation} covers {dilation * (kernel - 1) + 1} "
            f"cells and does not fit into {size} + 2*{padding} = {size + 2 * padding}: "
            "take a smaller kernel or dilation, or more padding"
        )
    return room // stride + 1


def dropped(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """How many rows (or columns) at the end of the padded input no window reaches."""
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    return room - (output_size(size, kernel, stride, padding, dilation) - 1) * stride
