"""What the questions of the descent lesson have of their own: places and findings."""

from __future__ import annotations

from lessons.descent.questions import QUESTIONS


def test_each_kind_of_place_and_of_finding_is_met() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    for name, kinds in (("still-point", 4), ("rate-limit", 4), ("reversed-claim", 3)):
        assert len({by_id[name].question(seed).truth for seed in range(60)}) == kinds
