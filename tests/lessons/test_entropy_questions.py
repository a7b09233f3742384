"""What the questions of the lesson on entropy have of their own: misconceptions."""

from __future__ import annotations

from lessons.entropy.questions import QUESTIONS


def test_every_misconception_about_entropy_has_its_question() -> None:
    """What learners often believe, each a wrong answer with its own words."""
    met = {
        (template.id, mistake.id)
        for template in QUESTIONS
        for seed in range(60)
        for mistake in template.question(seed).mistakes
    }
    for known in (
        ("expected-goals", "skill-times-probability"),
        ("entropy-ignores", "values-multiplied"),
        ("most-unpredictable", "certain-is-most"),
        ("most-unpredictable", "half-is-most"),
        ("other-unit", "units-alike"),
        ("cross-of-two", "roles-swapped"),
        ("lowest-cross", "always-zero"),
        ("loss-of-true", "largest-probability"),
        ("double-softmax", "no-second-softmax"),
        ("shifted-logits", "shift-added"),
        ("gradient-sure-wrong", "other-loss"),
    ):
        assert known in met


def test_a_difference_of_rounded_numbers_is_the_rounded_answer() -> None:
    template = next(one for one in QUESTIONS if one.id == "kl-from-sums")
    for seed in range(30):
        question = template.question(seed)
        assert question.explanation.endswith(f"= {question.answer} bits.")


def test_an_owl_has_its_article() -> None:
    template = next(one for one in QUESTIONS if one.id == "loss-of-true")
    prompts = [template.question(seed).prompt for seed in range(30)]
    assert any("shows an owl" in prompt for prompt in prompts)
    assert not any("shows a owl" in prompt for prompt in prompts)
