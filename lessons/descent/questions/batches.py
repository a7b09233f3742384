"""D2, D3, D4: epochs, batches and what they read; the ragged one; what SGD means."""

from __future__ import annotations

import numpy as np

from engine.batches import Batches
from engine.notation import format_number
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

_SIZES = (4, 5, 8, 10, 16, 20, 32)


def _ragged(rng: np.random.Generator) -> Batches:
    """Some data, and a size that does not divide it."""
    size = pick(rng, _SIZES)
    count = int(rng.integers(2 * size + 1, 9 * size))
    if count % size == 0:
        raise Redraw
    return Batches(count, size)


def _points_read(rng: np.random.Generator) -> Draft:
    count, updates = int(rng.integers(20, 90)) * 10, int(rng.integers(3, 13))
    read = Batches(count, count).examples_seen(updates)
    return Draft(
        prompt=(
            f"Batch gradient descent on {count} points makes {updates} updates. How many times "
            "does it compute the gradient of one point?"
        ),
        kind=Numeric(unit="times"),
        truth=float(read),
        mistakes=(
            Mistake(
                "update-reads-one",
                float(updates),
                "That would be stochastic: one point for one update. Batch reads all of them.",
            ),
            Mistake(
                "read-once",
                float(count),
                "That is one update, or one epoch. Batch reads everything again for each.",
            ),
        ),
        explanation=f"Each update reads all {count} points: {updates} · {count} = {read}.",
    )


def _epoch_updates(rng: np.random.Generator) -> Draft:
    batches = _ragged(rng)
    count, size, truth = batches.count, batches.size, batches.per_epoch
    return Draft(
        prompt=f"{count} examples, mini-batches of {size}: how many updates make one epoch?",
        kind=Numeric(unit="updates"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "epoch-is-an-update",
                1.0,
                "That is so for batch alone. An epoch is one time through all examples.",
            ),
            Mistake(
                "ragged-dropped",
                float(count // size),
                "Some examples are left over: they make one more batch, a ragged one.",
            ),
            Mistake(
                "one-point-each",
                float(count),
                "That would be stochastic: an update for each example.",
            ),
            Mistake("size-for-count", float(size), "That is how many examples one update uses."),
        ),
        explanation=(f"{count} / {size} = {format_number(count / size)}, rounded up: {truth}."),
    )


def _last_batch(rng: np.random.Generator) -> Draft:
    batches = _ragged(rng)
    count, size = batches.count, batches.size
    truth = len(batches.indices(batches.per_epoch - 1))
    return Draft(
        prompt=(
            f"{count} examples, mini-batches of {size}. By how many examples is the gradient of "
            "the epoch's last batch divided?"
        ),
        kind=Numeric(unit="examples"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "ragged-by-size",
                float(size),
                "The last batch is ragged. Divided by a full batch's size its gradient would be "
                "too short.",
            ),
            Mistake(
                "by-all",
                float(count),
                "That is the divisor of batch. A mini-batch divides by its own size.",
            ),
            Mistake(
                "what-is-missing",
                float(size - truth),
                "So many are missing to a full batch. What counts is how many there are.",
            ),
        ),
        explanation=(
            f"{batches.per_epoch - 1} full batches take {(batches.per_epoch - 1) * size}; {truth} "
            "are left, and that is what the mean divides by."
        ),
    )


def _ragged_mean(rng: np.random.Generator) -> Draft:
    size, left = pick(rng, ((4, 3), (5, 4), (8, 4), (4, 2), (10, 5)))
    gradients = rng.integers(-9, 10, size=left).astype(float)
    truth, total = float(gradients.mean()), float(gradients.sum())
    if total == 0 or not (truth * 4).is_integer() or len(set(gradients)) < left:
        raise Redraw
    listed = ", ".join(map(format_number, gradients))
    return Draft(
        prompt=(
            f"The batch size is {size}. The last batch has {left} points left, whose gradients on "
            f"one weight are {listed}. What is the batch's gradient?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake("summed", total, "That is the sum. A batch's gradient is the mean."),
            Mistake(
                "ragged-by-size",
                total / size,
                f"You divided by {size}. A ragged batch divides by its own size.",
            ),
            Mistake(
                "last-point",
                float(gradients[-1]),
                "That is the last point's alone. All points of the batch have a say.",
            ),
        ),
        explanation=f"The sum is {format_number(total)}, and {left} points made it.",
    )


def _examples_seen(rng: np.random.Generator) -> Draft:
    batches = _ragged(rng)
    per_epoch = batches.per_epoch
    updates = per_epoch * int(rng.integers(1, 4)) + int(rng.integers(0, min(4, per_epoch)))
    truth = batches.examples_seen(updates)
    return Draft(
        prompt=(
            f"{batches.count} examples in mini-batches of {batches.size}. How many examples have "
            f"{updates} updates used, each use counted?"
        ),
        kind=Numeric(unit="examples"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "ragged-forgotten",
                float(updates * batches.size),
                "At the end of each epoch a ragged batch uses fewer.",
            ),
            Mistake("update-reads-one", float(updates), "An update uses a whole batch."),
            Mistake(
                "update-reads-all",
                float(updates * batches.count),
                "That would be batch. A mini-batch reads a part.",
            ),
        ),
        explanation=(
            f"An epoch has {per_epoch} updates and {batches.count} examples. {updates} updates are "
            f"{updates // per_epoch} epochs and {updates % per_epoch} batches: {truth}."
        ),
    )


def _updates_fit(rng: np.random.Generator) -> Draft:
    size = pick(rng, (4, 5, 8, 10, 20))
    count, updates = size * int(rng.integers(5, 30)), int(rng.integers(2, 7))
    truth = updates * Batches(count, size).per_epoch
    return Draft(
        prompt=(
            f"{count} examples. While batch makes {updates} updates, how many can mini-batches of "
            f"{size} make on as many examples?"
        ),
        kind=Numeric(unit="updates"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "equal-updates",
                float(updates),
                f"So many updates of {size} would see far fewer examples.",
            ),
            Mistake(
                "one-epoch",
                float(count // size),
                "That is one epoch, and so one update of batch.",
            ),
            Mistake(
                "as-stochastic",
                float(updates * count),
                f"That would be one point for one update. These take {size}.",
            ),
        ),
        explanation=(
            f"Batch sees {updates} · {count} examples; divided by {size}, that is {truth} updates."
        ),
    )


def _sgd_name(rng: np.random.Generator) -> Draft:
    count, size = pick(rng, (1000, 5000, 20000, 50000)), pick(rng, (16, 32, 64, 128, 256))
    rate = pick(rng, (0.01, 0.05, 0.1))
    return Draft(
        prompt=(
            f'A paper says: "trained with SGD, batch size {size}, learning rate {rate:g}, on '
            f'{count} images". How many images does one update look at?'
        ),
        kind=Numeric(unit="images"),
        truth=float(Batches(count, size).size),
        mistakes=(
            Mistake(
                "sgd-is-one-point",
                1.0,
                "By its name, yes. But in papers and libraries SGD means mini-batches.",
            ),
            Mistake("sgd-is-batch", float(count), "That would be batch: all of them at once."),
            Mistake(
                "epoch-is-an-update",
                float(-(-count // size)),
                "That is how many updates an epoch has.",
            ),
        ),
        explanation="The batch size says it. SGD with a batch size is mini-batch gradient descent.",
    )


def _whose_angle(rng: np.random.Generator) -> Draft:
    count = int(rng.integers(30, 90)) * 10
    name, size, angle = pick(
        rng, (("batch", count, 0), ("mini-batch", 32, 25), ("stochastic", 1, 75))
    )
    off = max(0, angle + int(rng.integers(-8, 9))) if angle else 0
    told = {
        "batch": ("batch-is-noisy", "Batch has the full gradient itself: no angle at all."),
        "mini-batch": (
            "some-for-all",
            "A mini-batch is a little off, and reads more than one point and fewer than all.",
        ),
        "stochastic": (
            "one-point-for-all",
            "One point alone is far off most of the time, and reads just that point.",
        ),
    }
    return Draft(
        prompt=(
            f"{count} points. An update read {size} of them, and its "
            f"gradient lay {off} degrees off the full one. What is it called?"
        ),
        kind=OneOf(),
        truth=name,
        mistakes=tuple(Mistake(told[one][0], one, told[one][1]) for one in told if one != name),
        explanation="All points: batch. One: stochastic. A set number between: mini-batch.",
    )


TEMPLATES = (
    Template("points-read", "What batch reads", ("D2",), _points_read),
    Template("epoch-updates", "An epoch in updates", ("D4",), _epoch_updates),
    Template("last-batch", "The last batch", ("D4",), _last_batch),
    Template("ragged-mean", "A ragged batch", ("D4",), _ragged_mean),
    Template("examples-seen", "Examples seen", ("D4",), _examples_seen),
    Template("updates-fit", "As many examples", ("D2", "D4"), _updates_fit),
    Template("whose-angle", "What is it called?", ("D2", "D3", "D4"), _whose_angle),
    Template("sgd-name", "What SGD means", ("D3", "D4"), _sgd_name),
)
