"""R1 and R2: order, and how far a change is felt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.conv import conv2d
from engine.forecast import forecast_errors
from engine.notation import format_number
from engine.rnn import rnn
from engine.shapes import Array
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def listed(values: Array) -> str:
    """Numbers in a row of text."""
    return ", ".join(format_number(float(value)) for value in values)


def _today_error(rng: np.random.Generator) -> Draft:
    values = rng.integers(1, 20, 5).astype(float)
    changes = np.diff(values)
    errors = forecast_errors(values[1:], {"today": values[:-1]})
    truth = float(np.abs(errors["error_today"]).mean())
    if not (changes > 0).any() or not (changes < 0).any():
        raise Redraw
    return Draft(
        prompt=(
            f"Five days: {listed(values)}. “Tomorrow = today” forecasts the last four. By how much "
            "is it off on average, signs left out?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "signs-kept",
                float(changes.mean()),
                "You let misses upwards and downwards cancel. Signs were to be left out.",
            ),
            Mistake(
                "divided-by-all",
                float(np.abs(changes).sum() / 5),
                "You divided by five days. The first day has no day before it: four forecasts.",
            ),
            Mistake(
                "not-divided",
                float(np.abs(changes).sum()),
                "That is the sum of the four misses, not their average.",
            ),
            Mistake(
                "from-the-mean",
                float(np.abs(values - values.mean()).mean()),
                "You measured from the mean. This forecast says what the day before was.",
            ),
            Mistake(
                "last-alone",
                float(np.abs(changes[-1])),
                "That is the last of four misses.",
            ),
        ),
        explanation=f"Off by {listed(np.abs(changes))}: {truth:g} on average.",
    )


_STATISTICS: dict[str, Callable[[Array], float]] = {
    "the mean": lambda values: float(values.mean()),
    "the error of “tomorrow = today”": lambda values: float(np.abs(np.diff(values)).sum()),
    "the largest step up": lambda values: float(np.diff(values).max()),
    "the value in the middle of the row": lambda values: float(values[len(values) // 2]),
}


def _survives_shuffling(rng: np.random.Generator) -> Draft:
    before = rng.choice(np.arange(1.0, 30.0), 7, replace=False)
    after = rng.permutation(before)
    same = [name for name, of in _STATISTICS.items() if abs(of(before) - of(after)) < 1e-9]
    if len(same) != 1:
        raise Redraw
    reasons = {
        "the error of “tomorrow = today”": "It compares neighbours, and they have changed.",
        "the largest step up": "Steps are between neighbours, and they have changed.",
        "the value in the middle of the row": "Another number stands there now.",
    }
    return Draft(
        prompt=(
            f"The series {listed(before)} is shuffled: {listed(after)}. What is the same in both?"
        ),
        kind=OneOf(),
        truth=same[0],
        mistakes=tuple(
            Mistake(f"thinks-{n}", name, reasons.get(name, "Work it out for both."))
            for n, name in enumerate(_STATISTICS)
            if name != same[0]
        ),
        explanation="The mean asks each number by itself. All else asks what comes after what.",
    )


def _how_far_felt(rng: np.random.Generator) -> Draft:
    steps, kernel = int(rng.integers(14, 24)), pick(rng, (3, 5))
    at = int(rng.integers(kernel, steps - kernel - 1))
    of_rnn = pick(rng, (True, True, False))
    x = rng.normal(size=(steps, 1))
    moved = x.copy()
    moved[at] += 1
    counts = {}
    for kind in ("rnn", "conv"):
        both = []
        for series in (x, moved):
            if kind == "rnn":
                W, weight = np.array([[0.9]]), np.array([[0.5]])
                trace = rnn(series, weight, W, np.zeros(1), weight, np.zeros(1))
                both.append(trace["h"][:, 0])
            else:
                weights = np.ones((1, 1, 1, kernel))
                padded = np.pad(series.T, ((0, 0), (kernel // 2, kernel // 2)))
                both.append(conv2d(padded[None], weights)["y"][0, 0])
        counts[kind] = float((both[0] != both[1]).sum())
    truth = counts["rnn" if of_rnn else "conv"]
    network = (
        "A recurrent network with one hidden unit"
        if of_rnn
        else f"A CNN with one kernel of width {kernel} (same padding)"
    )
    other = Mistake(
        "space-for-time" if of_rnn else "time-for-space",
        counts["conv" if of_rnn else "rnn"],
        f"That is a kernel of width {kernel}. A recurrent network hands its state on, and on."
        if of_rnn
        else "That is a recurrent network. A kernel sees its few neighbours, and no further.",
    )
    return Draft(
        prompt=(
            f"{network} goes along {steps} steps, numbered from 0. Only the input of step {at} is "
            f"changed. In how many steps does the result change?"
        ),
        kind=Numeric(unit="steps"),
        truth=truth,
        mistakes=(
            other,
            Mistake("that-step-only", 1.0, "That would be a layer which sees one step at a time."),
            Mistake(
                "every-step",
                float(steps),
                "The steps long before it had no way to see it.",
            ),
            Mistake(
                "own-step-forgotten",
                truth - 1,
                "You left one out: the step itself changes too.",
            ),
            Mistake("backwards", float(at + 1), "You counted the steps before it."),
        ),
        explanation=(
            f"The state at step {at} and all after it: {steps} − {at} = {truth:.0f}."
            if of_rnn
            else f"The {kernel} places whose window covers step {at}."
        ),
    )


_MADE_FOR = {
    "what is in a photograph": "CNN",
    "where in a scan of a lung a shadow lies": "CNN",
    "which digit someone has drawn": "CNN",
    "whether a picture shows a cat": "CNN",
    "which word is spoken, sound after sound": "RNN",
    "how a sentence goes on": "RNN",
    "tomorrow's temperature from the days before": "RNN",
    "whether a heartbeat, second after second, is regular": "RNN",
    "which note a melody goes on with": "RNN",
}
"""What is to be told, and the network whose way of looking fits."""


def _space_or_time(rng: np.random.Generator) -> Draft:
    task = pick(rng, tuple(_MADE_FOR))
    says = {
        "CNN": "a CNN: neighbours in space matter, wherever they stand",
        "RNN": "an RNN: what came before matters, however long it is",
    }
    truth = says[_MADE_FOR[task]]
    other = says["RNN" if _MADE_FOR[task] == "CNN" else "CNN"]
    message = (
        "Nothing there comes before or after: the pixels are there all at once, side by side."
        if _MADE_FOR[task] == "CNN"
        else "A kernel sees a few neighbours. Here something from long before may decide."
    )
    return Draft(
        prompt=f"A network is to tell {task}. Which one is made for that, and why?",
        kind=OneOf(),
        truth=truth,
        mistakes=(
            Mistake("space-and-time-swapped", other, message),
            Mistake(
                "order-is-nothing",
                "a dense layer: it looks at everything at once",
                "It could learn it, but anew at every place or time: it shares no weights.",
            ),
        ),
        explanation=(
            "A CNN uses its weights again across space, an RNN across time. (A kernel can slide "
            "along time too, and sees as many steps as it is wide.)"
        ),
    )


TEMPLATES = (
    Template("today-error", "Tomorrow = today", ("R1",), _today_error),
    Template("survives-shuffling", "What shuffling leaves", ("R1",), _survives_shuffling),
    Template("space-or-time", "Space or time", ("R2",), _space_or_time),
    Template("how-far-felt", "How far is it felt?", ("R2",), _how_far_felt),
)
