"""The labs of the lesson."""

from __future__ import annotations

from lessons.entropy.cross import CROSS
from lessons.entropy.guess import GUESS
from lessons.entropy.jacobian import JACOBIAN
from lessons.entropy.logits import LOGITS
from lessons.entropy.measure import MEASURE
from lessons.entropy.odds import ODDS
from lessons.entropy.race import RACE
from lessons.entropy.samples import SAMPLES
from lessons.entropy.surprise import SURPRISE
from lessons.entropy.targets import TARGETS
from lessons.entropy.teams import TEAMS
from lessons.entropy.tumours import TUMOURS

LABS = (
    SURPRISE,
    TEAMS,
    ODDS,
    SAMPLES,
    GUESS,
    CROSS,
    LOGITS,
    TARGETS,
    RACE,
    TUMOURS,
    MEASURE,
    JACOBIAN,
)
