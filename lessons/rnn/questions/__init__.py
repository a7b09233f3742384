"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.rnn.questions.chain import TEMPLATES as CHAIN
from lessons.rnn.questions.order import TEMPLATES as ORDER
from lessons.rnn.questions.step import TEMPLATES as STEP
from lessons.rnn.questions.through_time import TEMPLATES as THROUGH_TIME
from lessons.rnn.questions.worth import TEMPLATES as WORTH

QUESTIONS = (*ORDER, *STEP, *THROUGH_TIME, *CHAIN, *WORTH)
