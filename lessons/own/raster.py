"""Decodes PNG, JPEG, GIF, BMP and PGM pictures as grey, upright and on white paper."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.shapes import Array
from lessons.own import kind
from lessons.own.file import FileError
from lessons.own.resize import averaged

if TYPE_CHECKING:  # Pillow is loaded when somebody brings a picture
    from PIL.Image import Image

FORMATS = {kind.PNG: "PNG", kind.JPEG: "JPEG", kind.GIF: "GIF", kind.BMP: "BMP", kind.PGM: "PPM"}
"""The kinds that are decoded, by Pillow's names."""
MOST_PIXELS = 50_000_000
LUMA = np.array([0.299, 0.587, 0.114])
"""Red's, green's and blue's parts of the brightness. Source: Recommendation ITU-R BT.601."""
PAPER = 1.0
"""What shows through where a picture is transparent."""


def grey_picture(data: bytes, what: str, name: str, longest: int) -> Array:
    """The picture in a file's bytes, averaged down to `longest`; (1,H,W), 0 black, 1 white.

    what: its kind, one of FORMATS. name: the file's, for messages. Of an animation the first
    picture is taken. Errors: FileError.
    """
    from PIL import Image

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would be written over the screen
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=[FORMATS[what]])
            refuse_large(image.height, image.width, name)
            image.load()
            upright = _upright(image)
            if upright.mode == "F":
                raise FileError(f"{name}: its pixels are fractions. Save the picture as PNG.")
            return averaged(
                lambda top, below: _grey(upright, top, below),
                (upright.height, upright.width),
                longest,
            )
        except FileError:
            raise
        except bombs as error:
            raise too_large(name) from error
        except Exception as error:
            # A decoder that meets a damaged file may raise anything.
            raise FileError(
                f"{name}: this begins as {what} does, but is damaged or cut off. Save it again."
            ) from error


def brightness(colours: NDArray[Any], white: float = 255.0) -> Array:
    """The brightness, (H,W), of red, green and blue, (H,W,3), from 0 to `white`.

    With a fourth channel, how opaque a pixel is, over white paper.
    """
    values = colours / white
    seen: Array = values[..., :3] @ LUMA
    if values.shape[-1] == 4:
        seen = seen * values[..., 3] + PAPER * (1 - values[..., 3])
    return seen


def refuse_large(rows: int, columns: int, name: str) -> None:
    """Refuse a picture that is too large, or has no pixel. Errors: FileError."""
    if rows * columns > MOST_PIXELS:
        raise too_large(name)
    if rows < 1 or columns < 1:
        raise FileError(f"{name}: the picture has no pixel. Name another one.")


def too_large(name: str) -> FileError:
    return FileError(
        f"{name}: the picture has more than {MOST_PIXELS // 1_000_000} million pixels. "
        "Make it smaller."
    )


def _upright(image: Image) -> Image:
    """The picture turned as its camera says that it was held."""
    from PIL import ImageOps

    with suppress(Exception):  # a damaged note about the camera says nothing about the pixels
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _grey(image: Image, top: int, below: int) -> Array:
    """Some rows of a picture as brightness, (rows, columns)."""
    rows = image.crop((0, top, image.width, below))
    if image.mode.startswith("I"):  # 16 bits; Pillow would cut what is over 255
        deep = np.asarray(rows)
        clear = image.info.get("transparency")
        return np.where(deep == clear, PAPER, deep / 65535.0)
    if image.mode == "1":
        return np.asarray(rows, dtype=float)
    if not image.has_transparency_data:
        if image.mode == "L":
            return np.asarray(rows) / 255.0
        return brightness(np.asarray(rows.convert("RGB")))
    return brightness(np.asarray(rows.convert("RGBA")))
