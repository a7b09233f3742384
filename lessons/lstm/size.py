"""The lab of shapes: the size of the states, that of the output, and the weights that they cost."""

from __future__ import annotations

from engine.recurrent_cost import recurrent_cost
from engine.why import Element
from lessons.kit.control import Settings, Stepper
from lessons.kit.figure import Figure, Flow, Number, Stage, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

STAGES = ("x[t]", "[h; x]", "f i g o", "c[t], h[t]", "z[t]", "ŷ[t]")


def _film(settings: Settings) -> Film:
    D, H, K = settings["inputs"], settings["hidden"], settings["outputs"]
    cost = recurrent_cost(D, H, K)
    shapes = ((D,), (H + D,), (H,), (H,), (K,), (K,))
    says = (
        "the input",
        "the h of the step before, then x",
        f"each by a {H}×{H + D} matrix of its own",
        "as long as the gates, and as each other",
        f"W_z is {K}×{H}: from states to outputs",
        "softmax keeps the length",
    )
    stages = tuple(
        Stage(name, shape, note) for name, shape, note in zip(STAGES, shapes, says, strict=True)
    )

    def number(name: str) -> Number:
        return Number(Element(cost, name, ()), 0)

    table = Table(
        key="counts",
        title="weights and biases",
        head=("", "LSTM", "RNN"),
        rows=(
            ("one set, W and b", number("gate"), number("rnn_cell")),
            ("how many sets", "4", "1"),
            ("the whole cell", number("lstm_cell"), number("rnn_cell")),
            ("W_z and b_z", number("read_out"), number("read_out")),
            ("all", number("lstm"), number("rnn")),
        ),
        marked=2,
    )

    def moment(position: int) -> Figure:
        return Figure(
            columns=((table,),),
            below=(Flow(key="flow", stages=stages, current=position),),
            caption="cell of the LSTM against that of the RNN: ",
            focus=Element(cost, "ratio", ()),
        )

    return Film(len(STAGES), moment)


SIZE = Lab(
    name="size",
    title="Shapes and weights",
    controls=(
        Stepper(name="inputs", label="inputs D", key="d", low=1, high=64, default=3),
        Stepper(name="hidden", label="units H", key="u", low=1, high=128, default=4),
        Stepper(name="outputs", label="outputs K", key="k", low=1, high=64, default=3),
    ),
    film=_film,
)
