"""Values as messages between our process and the learner's.

A message is two lengths, a JSON header and raw bytes; arrays are the bytes, with their dtype and
shape in the header. Nothing is unpickled, and what comes in is bounded and checked.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

from lessons.kit.verdict import Foreign, Unsent

MOST_HEADER = 1024 * 1024
MOST_BYTES = 8 * 1024 * 1024
"""Of arrays in one message: a million float64."""
MOST_TEXT = 10_000
_LENGTHS = struct.Struct("<II")
_DTYPES = {np.dtype(code).newbyteorder("<").str for code in "? b h i q B H I Q e f d F D".split()}


class WireError(ValueError):
    """Bytes that are no message."""


def pack(header: dict[str, Any], values: Any = ()) -> bytes:
    """A message with a list of values. Values that cannot be sent are described instead."""
    blobs: list[bytes] = []
    header = {**header, "values": [_described(value, blobs) for value in values]}
    text = json.dumps(header).encode()
    body = b"".join(blobs)
    return _LENGTHS.pack(len(text), len(body)) + text + body


class Messages:
    """Takes bytes as they come, and gives the messages that are complete."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
        """Headers and their values. Errors: WireError, when the bytes are no message."""
        self._held += data
        while len(self._held) >= _LENGTHS.size:
            header, body = _LENGTHS.unpack_from(self._held)
            if header > MOST_HEADER or body > MOST_BYTES:
                raise WireError("a message is too long")
            start, end = _LENGTHS.size + header, _LENGTHS.size + header + body
            if len(self._held) < end:
                return
            text, blob = bytes(self._held[_LENGTHS.size : start]), bytes(self._held[start:end])
            del self._held[:end]
            yield _unpacked(text, blob)


def _unpacked(text: bytes, blob: bytes) -> tuple[dict[str, Any], tuple[Any, ...]]:
    try:
        header = json.loads(text)
        if not isinstance(header, dict):
            raise WireError("the header is no object")
        reader = _Blob(blob)
        return header, tuple(reader.value(one) for one in header.pop("values"))
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise WireError(f"a message is garbled: {type(error).__name__}") from error


def _described(value: Any, blobs: list[bytes]) -> dict[str, Any]:
    kind = type(value)
    if kind is tuple:
        return {"is": "tuple", "of": [_described(one, blobs) for one in value[:16]]}
    if isinstance(value, np.bool_ | np.integer | np.floating):
        value = value.item()
        kind = type(value)
    if value is None:
        return {"is": "none"}
    if kind is bool:
        return {"is": "bool", "of": value}
    if kind is int and abs(value) < 10**1000:
        return {"is": "int", "of": str(value)}
    if kind is float:
        return {"is": "float", "of": value.hex()}
    if kind is str:
        return {"is": "str", "of": value[:MOST_TEXT]}
    if kind is np.ndarray:
        return _described_array(value, blobs)
    return {"is": "foreign", "of": str(kind.__name__)[:100]}


def _described_array(value: Any, blobs: list[bytes]) -> dict[str, Any]:
    dtype = value.dtype.newbyteorder("<")
    shape = [int(length) for length in value.shape]
    if dtype.str not in _DTYPES or value.nbytes > MOST_BYTES:
        return {"is": "unsent", "of": str(value.dtype)[:100], "shape": shape}
    blobs.append(value.astype(dtype).tobytes())
    return {"is": "array", "of": dtype.str, "shape": shape}


class _Blob:
    """Reads described values, and the bytes of arrays in their order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def value(self, header: dict[str, Any], nested: bool = False) -> Any:
        match header["is"]:
            case "none":
                return None
            case "bool":
                return bool(header["of"])
            case "int":
                return int(_text(header["of"], 1100))
            case "float":
                return float.fromhex(_text(header["of"], 40))
            case "str":
                return _text(header["of"], MOST_TEXT)
            case "tuple" if not nested and len(header["of"]) <= 16:
                return tuple(self.value(one, nested=True) for one in header["of"])
            case "foreign":
                return Foreign(_text(header["of"], 100))
            case "unsent":
                return Unsent(_text(header["of"], 100), _shape(header))
            case "array":
                return self._array(_text(header["of"], 4), _shape(header))
        raise WireError("a value of an unknown kind")

    def _array(self, code: str, shape: tuple[int, ...]) -> Any:
        if code not in _DTYPES:
            raise WireError("an array of an unknown dtype")
        dtype = np.dtype(code)
        end = self._at + math.prod(shape) * dtype.itemsize
        if end > len(self._data):
            raise WireError("an array with too few bytes")
        array = np.frombuffer(self._data[self._at : end], dtype).reshape(shape)
        array = array.astype(dtype.newbyteorder("="))  # a copy: what is read here can be written to
        self._at = end
        return array


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise WireError("a text is too long")
    return value


def _shape(header: dict[str, Any]) -> tuple[int, ...]:
    shape = header["shape"]
    if not isinstance(shape, list) or len(shape) > 64:
        raise WireError("a shape is no list")
    if not all(type(length) is int and 0 <= length < 2**62 for length in shape):
        raise WireError("a shape has no whole numbers")
    return tuple(shape)
