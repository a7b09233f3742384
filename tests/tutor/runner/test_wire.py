"""Messages between the processes: what goes in comes out, and anything else is refused."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from lessons.kit.verdict import Foreign, Unsent
from tutor.runner.wire import MOST_BYTES, Messages, WireError, pack


def through(*values: Any) -> tuple[Any, ...]:
    [(header, found)] = list(Messages().feed(pack({"kind": "x"}, values)))
    assert header == {"kind": "x"}
    return found


def test_plain_values() -> None:
    values = (None, True, 3, -(10**50), 0.1, math.inf, -0.0, "é\n", (1, (), None)[:1])
    assert through(*values) == values
    assert [type(one) for one in through(*values)] == [type(one) for one in values]
    assert math.isnan(through(math.nan)[0])


@pytest.mark.parametrize("code", "?bhiqBHIQefdFD")
def test_arrays(code: str) -> None:
    array = np.arange(24).astype(code).reshape(2, 3, 4)
    for one in (array, array.T, array[:, ::2], array[:0], array[0, 0, 0, None][0:1].reshape(())):
        [found] = through(one)
        assert found.dtype == one.dtype
        assert found.flags.writeable
        np.testing.assert_array_equal(found, one)


def test_other_byte_orders_and_numbers_of_numpy() -> None:
    [found] = through(np.array([1.5, 2.5], ">f8"))
    np.testing.assert_array_equal(found, [1.5, 2.5])
    assert through(np.float32(0.5), np.int8(3), np.bool_(True)) == (0.5, 3, True)


def test_what_cannot_be_sent_is_described() -> None:
    large = np.broadcast_to(0.0, (10**6, 10**6))
    assert through([1], {}, 1j, 10**5000, large, np.array([None])) == (
        Foreign("list"),
        Foreign("dict"),
        Foreign("complex"),
        Foreign("int"),
        Unsent("float64", (10**6, 10**6)),
        Unsent("object", (1,)),
    )


def test_messages_in_pieces() -> None:
    data = b"".join(pack({"n": n}, (np.arange(n),)) for n in range(5))
    messages, found = Messages(), []
    for n in range(0, len(data), 7):
        found += list(messages.feed(data[n : n + 7]))
    assert [(header["n"], len(values[0])) for header, values in found] == [(n, n) for n in range(5)]


def test_garbled_bytes_are_refused_or_incomplete() -> None:
    chance = random.Random(0)
    good = pack({"kind": "answer"}, (np.arange(6.0).reshape(2, 3), 3, (1.5, None), "text"))
    for _ in range(3000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            for _, values in Messages().feed(bytes(data)):
                assert all(
                    one is None or not isinstance(one, np.ndarray) or one.nbytes <= MOST_BYTES
                    for one in values
                )
        except WireError:
            continue
