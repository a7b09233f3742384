"""Text of a file: UTF-8, without what could move a terminal's cursor."""

from __future__ import annotations

import codecs
import unicodedata

from lessons.kit.clean import clean
from lessons.own.file import FileError
from lessons.own.kind import kind_of

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "Save it as UTF-8."


def text_of(data: bytes, name: str, *, whole: bool = True) -> str:
    """The text that the bytes of a file are, cleaned; its letters composed (NFC).

    name: the file's, for messages. whole: False when more bytes follow, so that the last
    character may be cut. Errors: FileError for what is not UTF-8, with what it may be.
    """
    if kind := kind_of(data):
        raise FileError(f"{name}: this is {kind}, not text. Name a text file.")
    if data.startswith(_UTF_16):
        raise FileError(f"{name}: this is UTF-16 text. {_SAVE}")
    if b"\0" in data:
        raise FileError(f"{name}: this is no text, or text in UTF-16: it holds zero bytes. {_SAVE}")
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=whole)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"{name}:{line}: this is not UTF-8 text; it may be Latin-1 or Windows-1252. {_SAVE}"
        ) from error
    return unicodedata.normalize("NFC", clean(text))
