"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.cnn.questions import cell, cost, kernels, size, structure

QUESTIONS = (
    *structure.TEMPLATES,
    *cell.TEMPLATES,
    *kernels.TEMPLATES,
    *size.TEMPLATES,
    *cost.TEMPLATES,
)
