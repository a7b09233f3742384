"""The questions of the lesson, by objective."""

from __future__ import annotations

from lessons.cnn.questions.backward import TEMPLATES as BACKWARD
from lessons.cnn.questions.cell import TEMPLATES as CELL
from lessons.cnn.questions.channels import TEMPLATES as CHANNELS
from lessons.cnn.questions.cost import TEMPLATES as COST
from lessons.cnn.questions.kernels import TEMPLATES as KERNELS
from lessons.cnn.questions.network import TEMPLATES as NETWORK
from lessons.cnn.questions.pooling import TEMPLATES as POOLING
from lessons.cnn.questions.rectified import TEMPLATES as RECTIFIED
from lessons.cnn.questions.size import TEMPLATES as SIZE
from lessons.cnn.questions.structure import TEMPLATES as STRUCTURE

QUESTIONS = (
    *STRUCTURE,
    *CELL,
    *KERNELS,
    *SIZE,
    *COST,
    *CHANNELS,
    *RECTIFIED,
    *POOLING,
    *BACKWARD,
    *NETWORK,
)
