"""Characters that take two cells, or none, stand where they belong."""

from __future__ import annotations

from tutor.drawing.ink import MUTED, PLAIN, breadth, crop, in_cells, ljust, rjust, width_of
from tutor.widgets.canvas import changed


def test_cells_of_wide_characters_and_of_accents() -> None:
    assert breadth("abc") == 3
    assert breadth("日本") == 4
    assert breadth("n\u0303o") == 2
    assert in_cells("a日b") == ["a", "日", "", "b"]
    assert in_cells("日\u0301n\u0303") == ["日\u0301", "", "n\u0303"]
    assert ljust("日", 4) == "日  "
    assert rjust("日", 4) == "  日"


def test_a_wide_character_is_not_cut_in_half() -> None:
    line = [("a日本", PLAIN)]
    assert width_of(line) == 5
    assert crop(line, 5) == line
    assert crop(line, 4) == [("a日", PLAIN), ("…", MUTED)]
    assert crop(line, 3) == [("a", PLAIN), ("…", MUTED)]


def test_what_changes_under_a_wide_character_changes_with_it() -> None:
    def cells(text: str) -> list[tuple[str, object]]:
        return [(character, PLAIN) for character in in_cells(text)]

    assert list(changed(cells("日x"), cells("月x"))) == [(0, 2)]  # type: ignore[arg-type]
    assert list(changed(cells("ab日"), cells("日cd"))) == [(0, 4)]  # type: ignore[arg-type]
