"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.entropy.questions.cross import TEMPLATES as CROSS
from lessons.entropy.questions.entropy import TEMPLATES as ENTROPY
from lessons.entropy.questions.gradient import TEMPLATES as GRADIENT
from lessons.entropy.questions.loss import TEMPLATES as LOSS
from lessons.entropy.questions.surprise import TEMPLATES as SURPRISE

QUESTIONS = (*SURPRISE, *ENTROPY, *CROSS, *LOSS, *GRADIENT)
