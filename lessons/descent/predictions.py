"""The predictions of the lesson: what to bet on in each lab."""

from __future__ import annotations

from lessons.descent.loop import LOOP
from lessons.descent.noise import AVERAGE, NOISE
from lessons.descent.paths import RULE_NAMES, SCHEDULE_NAMES
from lessons.descent.plane_labs import LANDSCAPE, RULES, SCHEDULES
from lessons.descent.race import RUNS
from lessons.descent.race_lab import RACE
from lessons.descent.sweep import MINIMA
from lessons.descent.told import TOLD
from lessons.descent.truths import (
    AT_LARGER_RATE,
    CLOSE,
    FASTER,
    FEW,
    NOISES,
    NONE,
    RISES,
    SHARES,
    SIZES,
    batch_and_mini,
    batch_length,
    few_on,
    first_to_diverge,
    four_times_the_batch,
    highest,
    leader,
    longest_at_the_saddle,
    loop_last_batch,
    lowest,
    most_in_the_deepest,
    most_solved,
    per_epoch,
    rises,
    stochastic_against_batch,
    which_way,
    with_larger_rate,
)
from lessons.descent.update import UPDATE
from lessons.descent.weight import WEIGHT
from lessons.descent.xor import NAMES, XOR
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.prediction import (
    Change,
    Prediction,
    ToEnd,
    next_moment,
    stay,
    the_focus,
)

PREDICTIONS = (
    Prediction(
        id="which-way",
        lab=WEIGHT,
        prompt="The next update: will w be larger or smaller than now?",
        kind=OneOf(options=("larger", "smaller", "as it was")),
        reveal=next_moment,
        read=which_way,
        covers=("step",),
    ),
    Prediction(
        id="larger-rate",
        lab=WEIGHT,
        prompt=f"From the same start with rate {FASTER}: where does one update lead?",
        kind=OneOf(options=RISES),
        reveal=Change({"rate": FASTER}, 1),
        read=with_larger_rate,
    ),
    Prediction(
        id="batch-steady",
        lab=UPDATE,
        prompt=f"All points in every batch: how many of the next {FEW} updates raise the loss?",
        kind=Numeric(unit="updates"),
        reveal=few_on,
        read=rises,
    ),
    Prediction(
        id="point-steady",
        lab=UPDATE,
        prompt=(
            f"One point in every batch: how many of the next {FEW} updates raise the loss on "
            "all points together?"
        ),
        kind=Numeric(unit="updates", tolerance=1.0),
        reveal=few_on,
        read=rises,
    ),
    Prediction(
        id="per-epoch",
        lab=UPDATE,
        prompt="How many updates make one epoch here?",
        kind=Numeric(unit="updates"),
        reveal=stay,
        read=per_epoch,
        covers=(TOLD,),
    ),
    Prediction(
        id="who-leads",
        lab=RACE,
        prompt="At the end all three have seen the same examples. Whose loss is the lowest?",
        kind=OneOf(options=RUNS),
        reveal=ToEnd(RACE),
        read=leader,
    ),
    Prediction(
        id="same-updates",
        lab=RACE,
        prompt="After the last update: which has the lower loss, batch or mini-batch?",
        kind=OneOf(options=CLOSE),
        reveal=ToEnd(RACE),
        read=batch_and_mini,
    ),
    Prediction(
        id="first-gone",
        lab=RACE,
        prompt="The rate goes up to 0.3. Which run is the first to diverge?",
        kind=OneOf(options=(*RUNS, NONE)),
        reveal=ToEnd(RACE, AT_LARGER_RATE),
        read=first_to_diverge,
    ),
    Prediction(
        id="noise-falls",
        lab=NOISE,
        prompt="A batch of 16 instead of 4: how far is its gradient from that of all points?",
        kind=OneOf(options=NOISES),
        reveal=ToEnd(NOISE),
        read=four_times_the_batch,
        covers=("spread", "sizes"),
    ),
    Prediction(
        id="epoch-mean",
        lab=AVERAGE,
        prompt="After the last point: how far is the mean from the full gradient?",
        kind=Numeric(tolerance=0.005),
        reveal=ToEnd(AVERAGE),
        read=the_focus,
    ),
    Prediction(
        id="who-settles",
        lab=LANDSCAPE,
        prompt="Rate and number of updates are the same. Whose last loss is the lowest?",
        kind=OneOf(options=RUNS),
        reveal=ToEnd(LANDSCAPE),
        read=lowest,
    ),
    Prediction(
        id="at-the-saddle",
        lab=LANDSCAPE,
        prompt="Which path stays longest near the middle of the plane?",
        kind=OneOf(options=RUNS),
        reveal=ToEnd(LANDSCAPE),
        read=longest_at_the_saddle,
    ),
    Prediction(
        id="noise-helps",
        lab=MINIMA,
        prompt=(
            "After 2000 updates: how many of the runs with one point a batch end in the deepest "
            "valley?"
        ),
        kind=OneOf(options=SHARES),
        reveal=ToEnd(MINIMA, {"batch": "1"}),
        read=stochastic_against_batch,
    ),
    Prediction(
        id="too-hot",
        lab=MINIMA,
        prompt="The rate goes up to 0.2. Which batch size has the most runs in the deepest valley?",
        kind=OneOf(options=SIZES),
        reveal=ToEnd(MINIMA, {"rate": 0.2, "batch": "1"}),
        read=most_in_the_deepest,
    ),
    Prediction(
        id="xor-solved",
        lab=XOR,
        prompt="Which batch size has solved XOR most often in the end?",
        kind=OneOf(options=tuple(NAMES.values())),
        reveal=ToEnd(XOR),
        read=most_solved,
    ),
    Prediction(
        id="slowest-rule",
        lab=RULES,
        prompt="After 60 updates at the same rate: whose loss is the highest?",
        kind=OneOf(options=RULE_NAMES),
        reveal=Change(position=60),
        read=highest,
    ),
    Prediction(
        id="who-jumps",
        lab=SCHEDULES,
        prompt="Whose loss is the highest after the last update?",
        kind=OneOf(options=SCHEDULE_NAMES),
        reveal=ToEnd(SCHEDULES),
        read=highest,
    ),
    Prediction(
        id="last-length",
        lab=LOOP,
        prompt="How many points will the last batch of this epoch have?",
        kind=Numeric(unit="points"),
        reveal=loop_last_batch,
        read=batch_length,
    ),
)
