"""R3: one step, its weights, and their shapes."""

from __future__ import annotations

import numpy as np

from engine.notation import format_number
from engine.recurrent_init import rnn_parameters
from engine.rnn import rnn
from lessons.kit.answer import Numeric, Shape
from lessons.kit.question import Draft, Mistake, Template, pick


def _pre_activation(rng: np.random.Generator) -> Draft:
    u, w, b = (float(n) for n in rng.choice([-3, -2, -1, 1, 2, 3], 3))
    x = float(rng.choice([-3, -2, 2, 3, 4]))
    before = float(rng.choice([-0.5, 0.5]))
    earlier = float(rng.choice([-1, 1]))
    column = np.array([[u]])
    trace = rnn(
        np.array([[x]]),
        column,
        np.array([[w]]),
        np.array([b]),
        column,
        np.zeros(1),
        np.array([before]),
    )
    truth = float(trace["a"][0, 0])
    parts = (u * x, w * before)
    numbers = [format_number(value) for value in (u, w, b, x, before)]
    return Draft(
        prompt=(
            f"One unit: U = {numbers[0]}, W = {numbers[1]}, b = {numbers[2]}. The state was "
            f"{numbers[4]}, and now it reads x = {numbers[3]}. What goes into tanh?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "state-forgotten",
                parts[0] + b,
                "You left the state out. What it remembers comes in through W.",
            ),
            Mistake(
                "input-forgotten",
                parts[1] + b,
                "You only handed the state on. Each step also reads its own x, through U.",
            ),
            Mistake("bias-forgotten", sum(parts), "The bias is missing."),
            Mistake(
                "weights-swapped",
                w * x + u * before + b,
                "You took U for W. U goes from the input, W from the state.",
            ),
            Mistake(
                "after-tanh",
                float(np.tanh(truth)),
                "That is what comes out of tanh. The question is what goes in.",
            ),
            Mistake("state-not-weighed", parts[0] + before + b, "The state goes through W first."),
            Mistake("whole-state", parts[0] + w * earlier + b, "The state was another number."),
        ),
        explanation=(
            f"U·x = {format_number(parts[0])}, W·h = {format_number(parts[1])} and b = "
            f"{numbers[2]}: {format_number(truth)} together."
        ),
    )


def _sizes(rng: np.random.Generator) -> tuple[int, int, int]:
    inputs, hidden, outputs = (int(n) for n in rng.choice(np.arange(2, 9), 3, replace=False))
    return inputs, hidden, outputs


def _count(inputs: int, hidden: int, outputs: int) -> int:
    made = rnn_parameters(np.random.default_rng(0), inputs, hidden, outputs)
    return sum(array.size for array in made.values())


def _count_weights(rng: np.random.Generator) -> Draft:
    inputs, hidden, outputs = _sizes(rng)
    steps = pick(rng, (10, 20, 50))
    truth = float(_count(inputs, hidden, outputs))
    U, W, V = hidden * inputs, hidden * hidden, outputs * hidden
    return Draft(
        prompt=(
            f"x has {inputs} numbers, the state {hidden}, the output {outputs}. A sequence has "
            f"{steps} steps. How many numbers are there to learn: U, W, V and both biases?"
        ),
        kind=Numeric(unit="weights"),
        truth=truth,
        mistakes=(
            Mistake(
                "weights-per-step",
                truth * steps,
                "You gave each step weights of its own. All steps share the same.",
            ),
            Mistake("no-biases", float(U + W + V), "Both biases are missing: one for each unit."),
            Mistake(
                "W-forgotten",
                truth - W,
                f"You left W out, {hidden}·{hidden}. It is what makes the network recurrent.",
            ),
            Mistake(
                "W-a-row",
                truth - W + hidden,
                "You gave each unit one weight for its own state. It has one for every unit's.",
            ),
            Mistake("V-forgotten", truth - V, "You left V out, which reads the state."),
        ),
        explanation=(
            f"U {hidden}·{inputs} + W {hidden}·{hidden} + V {outputs}·{hidden} + {hidden} + "
            f"{outputs} = {truth:.0f}. The number of steps does not matter."
        ),
    )


def _longer_sequence(rng: np.random.Generator) -> Draft:
    inputs, hidden, outputs = _sizes(rng)
    steps, times = pick(rng, (8, 10, 15)), pick(rng, (2, 3, 4))
    truth = float(_count(inputs, hidden, outputs))
    return Draft(
        prompt=(
            f"A network has {truth:.0f} weights and was trained on sequences of {steps} steps. Now "
            f"it is to read one of {steps * times}. How many weights does it need?"
        ),
        kind=Numeric(unit="weights"),
        truth=truth,
        mistakes=(
            Mistake(
                "weights-per-step",
                truth * times,
                "You gave new steps new weights. They use the same ones again.",
            ),
            Mistake(
                "length-is-fixed",
                0.0,
                "It can read that: no weight depends on how long a sequence is.",
            ),
            Mistake(
                "a-weight-a-step",
                truth + steps * (times - 1),
                "A further step brings no weight along. It is another turn of the same loop.",
            ),
        ),
        explanation=f"The same {truth:.0f}: the loop only turns more often.",
    )


def _matrix_shape(rng: np.random.Generator) -> Draft:
    inputs, hidden, outputs = _sizes(rng)
    name, role = pick(rng, (("U", "reads x"), ("W", "reads the state"), ("V", "makes the output")))
    made = rnn_parameters(np.random.default_rng(0), inputs, hidden, outputs)
    truth = tuple(made[name].shape)
    return Draft(
        prompt=(
            f"x has {inputs} numbers, the state {hidden}, the output {outputs}. Which shape has "
            f"{name}, the matrix that {role}?"
        ),
        kind=Shape(),
        truth=truth,
        mistakes=(
            Mistake(
                "turned-round",
                truth[::-1],
                "You turned it round. A row for each number that comes out, a column for each "
                "that goes in.",
            ),
            Mistake(
                "past-the-state",
                (outputs, inputs),
                "That would lead from input to output, past the state.",
            ),
            Mistake(
                "state-as-input",
                (inputs, inputs),
                "The state need not have the input's size: it is free.",
            ),
            Mistake(
                "state-as-output",
                (outputs, outputs),
                "The state need not have the output's size: it is free.",
            ),
        ),
        explanation=f"U is {hidden}×{inputs}, W {hidden}×{hidden}, V {outputs}×{hidden}.",
    )


TEMPLATES = (
    Template("pre-activation", "What goes into tanh", ("R3",), _pre_activation),
    Template("count-weights", "Counting weights", ("R3",), _count_weights),
    Template("longer-sequence", "A longer sequence", ("R3",), _longer_sequence),
    Template("matrix-shape", "Shapes", ("R3",), _matrix_shape),
)
