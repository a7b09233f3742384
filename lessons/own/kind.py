"""Says what kind of file some bytes are from, by how they begin."""

from __future__ import annotations

import re

PNG, JPEG, GIF = "a PNG picture", "a JPEG picture", "a GIF picture"
BMP, PGM = "a BMP picture", "a PGM or PPM picture"
NPY = "a NumPy array"

_BEGINNINGS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE if "<" in pattern else re.DOTALL), kind)
    for pattern, kind in (
        (r"\x89PNG\r\n\x1a\n", PNG),
        (r"\xff\xd8\xff", JPEG),
        (r"GIF8[79]a", GIF),
        (r"BM.{13}\x00{3}", BMP),  # the size of a header is a small number
        (r"P[1-6]\s+(?:#[^\n]*\n\s*)*[0-9]+\s+(?:#[^\n]*\n\s*)*[0-9]+\s", PGM),
        (r"\x93NUMPY", NPY),
        (r"RIFF....WEBP", "a WebP picture"),
        (r"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+", "a TIFF picture"),
        (r"....ftyp(?:hei|hev|mif|msf)", "a HEIC picture"),
        (r"....ftypavi", "an AVIF picture"),
        (r"....ftyp", "a film"),
        (r"\x00\x00\x00\x0cJXL |\xff\x0a", "a JPEG XL picture"),
        (r"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
        (r"P[Ff]\n", "a PFM picture"),
        (r"8BPS\x00", "a Photoshop picture"),
        (r"\x00\x00\x01\x00", "an icon"),
        (r"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg", "an SVG drawing"),
        (r"(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html", "a web page"),
        (r"%PDF-", "a PDF document"),
        (r"PK\x03\x04", "a ZIP archive (as office documents and .npz files are)"),
        (r"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd", "a compressed file"),
        (r"\x7fELF|MZ.\x00|\xcf\xfa\xed\xfe", "a program"),
        (r"\x80[\x02-\x05]", "a Python pickle, which could run code"),
        (r"RIFF....WAVE|ID3[\x02-\x04]|OggS\x00|fLaC\x00", "a sound"),
        (r"RIFF....AVI |\x1aE\xdf\xa3", "a film"),
        (r"\xd0\xcf\x11\xe0", "an old office document"),
        (r"SQLite format 3\x00", "a database"),
        (r"\x89HDF\r\n", "an HDF5 file"),
    )
)
_LOOKED_AT = 2000


def kind_of(data: bytes) -> str:
    """What the bytes are, as "a PNG picture"; empty for text, and for what is not known."""
    # One character for each byte.
    start = data[:_LOOKED_AT].decode("latin-1")
    return next((kind for begins, kind in _BEGINNINGS if begins.match(start)), "")
