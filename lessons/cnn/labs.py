"""The labs of the lesson."""

from __future__ import annotations

from lessons.cnn.answers import ANSWERS
from lessons.cnn.channels import CHANNELS_LAB
from lessons.cnn.collapse import COLLAPSE
from lessons.cnn.conv_backward import CONV_BACKWARD
from lessons.cnn.cost import COST
from lessons.cnn.dead import DEAD
from lessons.cnn.layer import LAYER
from lessons.cnn.learning import LEARNING
from lessons.cnn.moved import SHIFT
from lessons.cnn.pool_backward import POOL_BACKWARD
from lessons.cnn.pooling import POOLING
from lessons.cnn.rectified import RELU
from lessons.cnn.size import SIZE
from lessons.cnn.slide import SLIDE
from lessons.cnn.stages import STAGES
from lessons.cnn.structure import STRUCTURE

LABS = (
    STRUCTURE,
    SLIDE,
    ANSWERS,
    SIZE,
    COST,
    CHANNELS_LAB,
    LAYER,
    RELU,
    DEAD,
    COLLAPSE,
    POOLING,
    SHIFT,
    POOL_BACKWARD,
    CONV_BACKWARD,
    STAGES,
    LEARNING,
)
