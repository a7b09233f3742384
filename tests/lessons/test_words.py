"""Words about numbers agree with them."""

from __future__ import annotations

from lessons.kit.words import several


def test_one_is_one_and_others_are_several() -> None:
    said = [several(count, "update") for count in (0, 1, 2)]
    assert said == ["0 updates", "1 update", "2 updates"]
