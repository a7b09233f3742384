"""The labs of the lesson."""

from __future__ import annotations

from lessons.cnn.answers import ANSWERS
from lessons.cnn.cost import COST
from lessons.cnn.learning import LEARNING
from lessons.cnn.size import SIZE
from lessons.cnn.slide import SLIDE
from lessons.cnn.stages import STAGES
from lessons.cnn.structure import STRUCTURE

LABS = (STRUCTURE, SLIDE, ANSWERS, SIZE, COST, STAGES, LEARNING)
