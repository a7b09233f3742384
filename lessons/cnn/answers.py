"""The lab in which different kernels answer to different things."""

from __future__ import annotations

from engine.why import Element
from lessons.cnn.pictures import called, picture_controls
from lessons.cnn.slide import convolved, image_panel, kernel_controls, kernel_panel, map_panel
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Formula, Number
from lessons.kit.film import Film, still
from lessons.kit.lab import Lab


def _film(settings: Settings) -> Film:
    trace = convolved(settings)
    y = trace["y"][0]
    columns = y.shape[1]
    strongest = divmod(int(y.argmax()), columns)
    weakest = divmod(int(y.argmin()), columns)
    high, low = Element(trace, "y", (0, *strongest)), Element(trace, "y", (0, *weakest))
    return still(
        Figure(
            columns=(
                (image_panel(trace),),
                (
                    kernel_panel(trace, settings),
                    Formula(
                        key="ends",
                        title="answers",
                        lines=(
                            ("largest  ", Number(high, 2)),
                            (f"  at {strongest[0]},{strongest[1]}",),
                            ("smallest ", Number(low, 2)),
                            (f"  at {weakest[0]},{weakest[1]}",),
                        ),
                    ),
                ),
                (map_panel(trace),),
            ),
            caption=f"the whole map of {settings['kernel']} on {called(settings)}",
            focus=high,
        )
    )


ANSWERS = Lab(
    name="answers",
    title="What a kernel answers to",
    controls=(*picture_controls(), *kernel_controls("falling")),
    film=_film,
)
