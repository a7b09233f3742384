"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.autoencoder.questions.codes import TEMPLATES as CODES
from lessons.autoencoder.questions.components import TEMPLATES as COMPONENTS
from lessons.autoencoder.questions.idea import TEMPLATES as IDEA
from lessons.autoencoder.questions.training import TEMPLATES as TRAINING
from lessons.autoencoder.questions.uses import TEMPLATES as USES

QUESTIONS = (*IDEA, *TRAINING, *CODES, *COMPONENTS, *USES)
