"""The lab of the idea: a digit through encoder, code and decoder, then loss and gradient."""

from __future__ import annotations

from functools import lru_cache

from engine.autoencoder import CODE
from engine.network import LOSS, Run
from engine.why import Element
from lessons.autoencoder.networks import Plan, trained
from lessons.autoencoder.panels import laid_out, picture
from lessons.autoencoder.pictures import PIXEL, column_of, unseen_digits
from lessons.kit.control import Scale, Settings, Stepper, Toggle
from lessons.kit.figure import Figure, Flow, Formula, Matrix, Number, Panel, Stage, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

CODES = (2.0, 8.0, 16.0)

# Each stage: what it is called, the layer and the array that it shows, and a word on it.
STAGES = (
    ("input", "encoder1", "x", "what the network is given"),
    ("hidden", "encoder1_activation", "y", "the encoder's first layer"),
    ("code", CODE, "y", "all that the decoder will ever know of the digit"),
    ("hidden", "decoder1_activation", "y", "the decoder goes back through the same lengths"),
    ("reconstruction", "out_activation", "y", "what the decoder draws from the code alone"),
    ("difference", LOSS, "difference", "reconstruction − target, and the target is the input"),
    ("dL/dy", LOSS, "dy", "which way each pixel's error grows: where learning begins"),
    ("dL/dcode", "decoder1", "dx", "the same, brought back to the code"),
)
DRAWN = 4
"""The stage from which on there is a reconstruction to see."""
JUDGED = 5


@lru_cache(maxsize=16)
def _run(code: int, learned: bool, digit: int, which: int) -> Run:
    """One digit, forwards and backwards."""
    plan = Plan(code)
    network = trained(plan) if learned else plan.network
    x = unseen_digits()[:, column_of(digit, which)]
    run = network.forward(x, x)
    network.backward(run)
    run["encoder1"].meanings = {**run["encoder1"].meanings, "x": PIXEL}
    run[LOSS].link("target", run["encoder1"], "x")
    return run


def _film(settings: Settings) -> Film:
    run = _run(
        int(settings["code"]), settings["trained"], settings["digit"], settings["another"]
    )
    shapes = [run[layer][name].shape for _, layer, name, _ in STAGES]
    stages = tuple(
        Stage(called, shape, word)
        for (called, _, _, word), shape in zip(STAGES, shapes, strict=True)
    )

    def moment(position: int) -> Figure:
        called, layer, name, _ = STAGES[position]
        numbers = laid_out(run[layer], name, min(8, shapes[position][0]))
        small = position >= DRAWN + 2
        first: list[Panel] = [picture("in", "input = target", run["encoder1"], "x")]
        if position >= DRAWN:
            first.append(picture("out", "reconstruction", run["out_activation"], "y"))
        middle: list[Panel] = [
            Matrix(
                key="stage",
                title=called,
                view=View(numbers, "tile"),
                decimals=3 if small else 2,
            )
        ]
        loss = Number(Element(run[LOSS], "loss", ()), 4)
        if position >= JUDGED:
            middle.append(Formula(key="loss", lines=(("mean of the squares: L = ", loss),)))
        column = int(abs(run[layer][name]).argmax())
        return Figure(
            columns=(tuple(first), tuple(middle)),
            below=(Flow(key="flow", stages=stages, current=position),),
            caption="the loss: " if position == JUDGED else f"the largest of {called}: ",
            focus=loss.element
            if position == JUDGED
            else Element(run[layer], name, (column,)).origin(),
        )

    return Film(len(STAGES), moment)


IDEA = Lab(
    name="idea",
    title="A digit through a code",
    controls=(
        Stepper(name="digit", label="digit", key="d", low=0, high=9, default=3),
        Stepper(name="another", label="another", key="a", low=0, high=30, default=0),
        Scale(name="code", label="code", key="c", values=CODES, default=8.0),
        Toggle(name="trained", label="trained", key="t", default=True),
    ),
    film=_film,
    prepare=lambda: [trained(Plan(int(code))) for code in CODES],
)
