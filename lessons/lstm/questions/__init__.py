"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.lstm.questions.back import TEMPLATES as BACK
from lessons.lstm.questions.cell import TEMPLATES as CELL
from lessons.lstm.questions.size import TEMPLATES as SIZE
from lessons.lstm.questions.time import TEMPLATES as TIME

QUESTIONS = (*CELL, *SIZE, *TIME, *BACK)
