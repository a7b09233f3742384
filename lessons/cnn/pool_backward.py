"""The lab on the way back through pooling: where the gradient of each pooled cell goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.backward_until import backward_until
from engine.place_backward import pool_place
from engine.pool import average_pool2d_backward, max_pool2d_backward
from engine.why import Element
from lessons.cnn.digit import digit_control
from lessons.cnn.marks import current
from lessons.cnn.pooling import POOLED_BY, pool_controls, pool_window, winner_marks
from lessons.cnn.rectified import rectified_panel
from lessons.cnn.small_network import small_run
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Formula, Matrix, Number, Pixels, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

BACKWARD = {"max": max_pool2d_backward, "average": average_pool2d_backward}


def _film(settings: Settings) -> Film:
    kind = settings["kind"]
    run = small_run(settings["picture"], *(settings[name] for name in POOLED_BY))
    trace = run["pool"]
    rows, columns = trace["y"].shape[1:]
    largest = max(float(np.abs(trace["dx"]).max()), 1e-9)

    def moment(position: int) -> Figure:
        i, j = divmod(position, columns)
        place = pool_place(trace, 0, i, j)
        so_far = backward_until(trace, BACKWARD[kind], position)
        under = pool_window(trace, i, j)
        marks = (*winner_marks(trace, position), under)
        dy = Element(trace, "dy", (0, i, j))
        return Figure(
            columns=(
                (replace(rectified_panel(run["relu"], "map"), marks=marks),),
                (
                    Matrix(
                        key="dy",
                        title="dy, from the loss",
                        view=View(trace, "dy", (0,)),
                        marks=(current(i, j),),
                    ),
                    Matrix(key="window", title="window", view=View(place, "covered")),
                    Matrix(key="sent", title="its gradient goes to", view=View(place, "to_x")),
                ),
                (
                    Pixels(
                        key="dx",
                        title="dx so far",
                        view=View(so_far, "dx", (0,)),
                        limits=(0.0, largest),
                        signed=True,
                        marks=(under,),
                    ),
                    Formula(key="given", lines=((f"dy[0,{i},{j}] = ", Number(dy, 2)),)),
                ),
            ),
            caption=f"cell {position + 1} of {rows}·{columns}: the gradient that arrives",
            focus=dy,
        )

    return Film(rows * columns, moment)


POOL_BACKWARD = Lab(
    name="pool-backward",
    title="The way back through pooling",
    controls=(digit_control(), *pool_controls()),
    film=_film,
)
