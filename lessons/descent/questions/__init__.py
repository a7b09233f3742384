"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.descent.questions.batches import TEMPLATES as BATCHES
from lessons.descent.questions.downhill import TEMPLATES as DOWNHILL
from lessons.descent.questions.minima import TEMPLATES as MINIMA
from lessons.descent.questions.noise import TEMPLATES as NOISE
from lessons.descent.questions.rules import TEMPLATES as RULES

QUESTIONS = (*DOWNHILL, *BATCHES, *NOISE, *MINIMA, *RULES)
