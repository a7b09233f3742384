"""R6 and R7: what a forecast is worth, and what came after the RNN."""

from __future__ import annotations

import numpy as np

from engine.notation import format_number
from engine.rnn import rnn
from engine.sequence_loss import sequence_cross_entropy
from lessons.kit.answer import InOrder, Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _worth_it(rng: np.random.Generator) -> Draft:
    learned = np.round(rng.uniform(0.5, 0.9, 2), 2)
    new = np.round(rng.uniform(0.5, 1.2, 2), 2)
    (network, today), (network_new, today_new) = map(tuple, (learned, new))
    if network > 0.9 * today or not abs(network_new / today_new - 1) > 0.05:
        raise Redraw
    options = (
        "yes: it beats the baseline where it counts",
        "no: on new months the baseline is better",
        "it cannot be said from these numbers",
    )
    truth = options[0 if network_new < today_new else 1]
    wrong = options[1 if network_new < today_new else 0]
    return Draft(
        prompt=(
            f"Off by (rms), on months that it learned from: network {network:g}, “tomorrow = "
            f"today” {today:g}. On months kept back: network {network_new:g}, “tomorrow = "
            f"today” {today_new:g}. Is the network of any use?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=(
            Mistake(
                "judged-by-training" if truth == options[1] else "worse-than-before",
                wrong,
                "You looked at the months that it learned from. There it can know the answers."
                if truth == options[1]
                else "It may be off by more than on old months: the baseline there is what counts.",
            ),
            Mistake(
                "no-verdict",
                options[2],
                "It can: the same months, the same measure, the baseline beside it.",
            ),
        ),
        explanation=(
            f"On the months kept back, {network_new:g} against {today_new:g}. Nothing else tells "
            "what it will be worth tomorrow."
        ),
    )


def _first_loss(rng: np.random.Generator) -> Draft:
    size = int(rng.integers(3, 60))
    loss = sequence_cross_entropy(np.zeros((1, size)), np.array([0]))
    truth = float(loss["mean_loss"])
    return Draft(
        prompt=(
            f"A network is to tell {size} characters apart, and holds all of them for equally "
            "likely. What is its loss −ln p at each character?"
        ),
        kind=Numeric(tolerance=0.02),
        truth=truth,
        mistakes=(
            Mistake("bits", float(np.log2(size)), "That is in bits, with log2. The loss takes ln."),
            Mistake("probability", 1 / size, "That is p. The loss is −ln of it."),
            Mistake("count", float(size), "That is 1/p. The loss is its ln."),
            Mistake("sign", -truth, "The sign: −ln of a number below 1 is above 0."),
            Mistake("decimal", float(np.log10(size)), "That is log10. The loss takes ln."),
        ),
        explanation=f"p = 1/{size}, and −ln(1/{size}) = ln {size} = {format_number(truth)}.",
    )


def _steps_between(rng: np.random.Generator) -> Draft:
    steps = int(rng.integers(12, 90))
    at = int(rng.integers(1, steps - 4))
    attention = pick(rng, (False, False, True))
    # The chain is counted where it can be felt: one unit with W = 2 doubles at every step.
    one = np.ones((1, 1))
    trace = rnn(np.zeros((steps, 1)), one, 2 * one, np.zeros(1), one, np.zeros(1))
    through_W = float(len(trace["h"]) - 1 - at)
    truth = 1.0 if attention else through_W
    kind = (
        "Attention: the last step looks at all earlier ones in one weighted sum."
        if attention
        else "An RNN."
    )
    counted = "such sums" if attention else "times W"
    return Draft(
        prompt=(
            f"{kind} There are {steps} steps, numbered from 0; the loss is at the last. On its way "
            f"to step {at}, through how many {counted} does the gradient go?"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "step-by-step" if attention else "directly",
                through_W if attention else 1.0,
                "That is an RNN, which goes step by step. Attention reaches every step directly."
                if attention
                else "That is attention. An RNN has no way but through every state between.",
            ),
            Mistake("from-the-start", float(at), "You counted from the start, not to the loss."),
            Mistake(
                "one-too-many",
                through_W + 1,
                "One too many: between neighbours there is one W.",
            ),
            Mistake("all-steps", float(steps), "You counted all steps."),
        ),
        explanation=(
            f"One, however far apart they are. In an RNN it would be {through_W:.0f}."
            if attention
            else f"From step {steps - 1} to step {at}: {through_W:.0f} times W, and tanh′ as often."
        ),
    )


_HISTORY = {
    "the simple RNN": 1990,
    "the LSTM": 1997,
    "its forget gate": 2000,
    "attention in translators": 2014,
    "the transformer": 2017,
}
"""Elman; Hochreiter & Schmidhuber; Gers et al.; Bahdanau et al. (arXiv:1409.0473); Vaswani et al.
(arXiv:1706.03762)."""


def _who_came_first(rng: np.random.Generator) -> Draft:
    names = list(_HISTORY)
    chosen = [names[n] for n in sorted(rng.choice(len(names), 3, replace=False))]
    truth = tuple(sorted(chosen, key=lambda name: _HISTORY[name]))
    a, b, c = truth
    return Draft(
        prompt="What came first? Put these in the order of their years, the oldest first.",
        kind=InOrder(),
        truth=truth,
        mistakes=(
            Mistake("newest-first", (c, b, a), "That is the newest first."),
            Mistake(
                "later-two-swapped",
                (a, c, b),
                "The last two are the other way round. New ideas did not simply replace old ones: "
                "attention was first added to recurrent networks.",
            ),
            Mistake(
                "earlier-two-swapped",
                (b, a, c),
                "The first two are the other way round.",
            ),
        ),
        explanation=", ".join(f"{name} ({_HISTORY[name]})" for name in truth)
        + ". Not one line: the LSTM is a gated RNN, the transformer has no recurrence at all.",
    )


TEMPLATES = (
    Template("worth-it", "Is it of any use?", ("R6",), _worth_it),
    Template("first-loss", "Nothing learned yet", ("R6",), _first_loss),
    Template("steps-between", "The way back", ("R7",), _steps_between),
    Template("who-came-first", "What came first", ("R7",), _who_came_first),
)
