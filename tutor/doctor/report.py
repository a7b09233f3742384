"""What `dl-tutor doctor` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tutor.doctor.finding import Finding


def report_lines(sections: Sequence[tuple[str, Sequence[Finding]]], width: int) -> Iterator[str]:
    """Sections of findings, then what to change: first what ought to be, then what could."""
    for title, found in sections:
        yield title
        for one in found:
            yield from _wrapped(f"{one.says.removesuffix('.')}.", width, "  ")
        yield ""
    every = [one for _, found in sections for one in found if one.change]
    for title, wrong in (("To change", True), ("Could be better", False)):
        changes = list(dict.fromkeys(one.change for one in every if one.wrong is wrong))
        if changes:
            yield title
            for number, change in enumerate(changes, 1):
                yield from _wrapped(change, width, f"  {number}. ")
            yield ""
    if not something_wrong(sections):
        yield "Nothing has to be changed."


def something_wrong(sections: Sequence[tuple[str, Sequence[Finding]]]) -> bool:
    """Whether anything ought to be changed."""
    return any(one.wrong for _, found in sections for one in found)


def _wrapped(text: str, width: int, first: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * max(4, len(first)),
        break_on_hyphens=False,
        break_long_words=False,
    )
