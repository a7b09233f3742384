"""What the questions of the lesson on autoencoders have of their own: misconceptions."""

from __future__ import annotations

from lessons.autoencoder.questions import QUESTIONS


def test_labels_and_wide_codes_are_met_as_wrong_answers() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    for name, mistake in (("ae-target", "needs-labels"), ("ae-wide", "wide-is-better")):
        met = [m.id for seed in range(40) for m in by_id[name].question(seed).mistakes]
        assert met.count(mistake) >= 30
