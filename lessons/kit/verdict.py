"""The verdict on what a learner's function returned, beside what the engine says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from engine.shapes import Array
    from lessons.kit.exercise import Case, Exercise

Stage = Literal[
    "cancelled",
    "error",
    "time",
    "ended",
    "nothing",
    "type",
    "shape",
    "dtype",
    "value",
    "gradient",
    "passed",
]
"""How far it came: the first thing that is wrong, in the order in which things are looked at."""

_SHOWN_WHOLE = 16
"""An argument with at most so many numbers is shown with all of them."""


@dataclass(frozen=True)
class Verdict:
    """What to tell the learner, in whole sentences."""

    passed: bool
    stage: Stage
    message: str
    case: int | None = None
    """The case that failed, from 1."""
    cases: int = 0
    arguments: str = ""
    """The arguments of that case, in short."""
    name: str = ""
    """The result that is wrong, such as y."""
    index: tuple[int, ...] | None = None
    """Its first wrong cell, in reading order."""
    expected: str = ""
    got: str = ""
    line: int | None = None
    """The learner's line that an error came from."""
    output: str = ""
    """What the code printed in that case, or in the first; cleaned and cut."""
    seed: int | None = None
    """Gives the same cases again."""

    @property
    def where(self) -> str:
        """The first wrong cell as the learner would write it: y[0,3]."""
        return self.name + (f"[{','.join(map(str, self.index))}]" if self.index else "")


@dataclass(frozen=True)
class Foreign:
    """Something returned that is neither an array nor a number."""

    type_name: str


@dataclass(frozen=True)
class Unsent:
    """An array that is too large, or of a kind that holds no plain numbers."""

    dtype: str
    shape: tuple[int, ...]


def judge(exercise: Exercise, cases: Sequence[Case], returned: Sequence[Any]) -> Verdict | None:
    """The verdict on what the first cases returned, or None when nothing is wrong with it.

    returned: for each case an array, a number, None, a tuple of these, Foreign or Unsent. All
    results are looked at before the first gradient.
    """
    results = len(exercise.check.results)
    names = (*exercise.check.results, *exercise.check.gradients)
    for part in (slice(0, results), slice(results, len(names))):
        for number, (case, answer) in enumerate(zip(cases, returned, strict=False), 1):
            given = _unpacked(exercise, names, answer)
            if isinstance(given, Verdict):
                wrong: Verdict | None = given
            else:
                wrong = _first_wrong(exercise, names[part], case.expected[part], given[part])
            if wrong is not None:
                stage: Stage = "gradient" if part.start else wrong.stage
                arguments = arguments_of(case)
                return replace(
                    wrong, stage=stage, case=number, cases=len(cases), arguments=arguments
                )
    return None


def arguments_of(case: Case) -> str:
    """The arguments in a few words: small ones whole, of large arrays the shape."""
    return ", ".join(_short(name, value) for name, value in case.arguments.items())


def _unpacked(exercise: Exercise, names: Sequence[str], answer: Any) -> tuple[Any, ...] | Verdict:
    function = exercise.function
    if answer is None:
        return _failed(
            "nothing",
            f"{function} returned nothing (None). End it with `return {', '.join(names)}`.",
        )
    if len(names) == 1:
        return (answer,)
    if not isinstance(answer, tuple) or len(answer) != len(names):
        got = f"{len(answer)} things" if isinstance(answer, tuple) else _kind(answer)
        return _failed(
            "type",
            f"{function} returned {got}; it should return {len(names)} things: "
            f"`return {', '.join(names)}`.",
        )
    return answer


def _first_wrong(
    exercise: Exercise, names: Sequence[str], expected: Sequence[Any], got: Sequence[Any]
) -> Verdict | None:
    for name, right, answer in zip(names, expected, got, strict=True):
        if isinstance(right, np.ndarray):
            found = _array(name, right, answer, exercise.check.tolerance)
        else:
            found = _number(name, right, answer, exercise.check.tolerance)
        if found is not None:
            return replace(found, name=name)
    return None


def _array(name: str, right: Array, got: Any, tolerance: float) -> Verdict | None:
    if not isinstance(got, np.ndarray | Unsent):
        message = f"{name} is {_kind(got)}, and it should be a NumPy array of shape {right.shape}."
        return _failed("type", message, "a NumPy array", _kind(got))
    if got.shape != right.shape:
        shape = str(got.shape) if len(got.shape) <= 8 else f"one of {len(got.shape)} axes"
        message = f"{name} has the shape {shape}, and it should have {right.shape}."
        return _failed("shape", message, str(right.shape), shape)
    if isinstance(got, Unsent) or got.dtype != right.dtype:
        kind = str(got.dtype)
        cut = ": it cannot hold fractions" if kind.startswith(("int", "uint")) else ""
        message = f"{name} is an array of {kind}{cut}. It should be of {right.dtype}."
        return _failed("dtype", message, str(right.dtype), kind)
    wrong = ~_close(right, got, tolerance)
    if not wrong.any():
        return None
    index = tuple(int(part) for part in np.argwhere(wrong)[0])
    expected, shown = _both(right[index], got[index])
    count = int(wrong.sum())
    cells = "1 cell" if count == 1 else f"{count} cells"
    cell = f"{name}[{','.join(map(str, index))}]"
    message = f"{cell} is {shown}, and it should be {expected}. Wrong: {cells} of {right.size}."
    return replace(_failed("value", message, expected, shown), index=index)


def _number(name: str, right: float, got: Any, tolerance: float) -> Verdict | None:
    whole = isinstance(right, int)
    if isinstance(got, bool) or not isinstance(got, int if whole else int | float):
        kind = "a whole number (an int)" if whole else "a number"
        message = f"{name} is {_kind(got)}, and it should be {kind}."
        return _failed("type", message, kind, _kind(got))
    near = got if abs(got) < 1e300 else float("inf")  # a huge int does not fit into a float
    if got == right if whole else bool(_close(np.float64(right), np.float64(near), tolerance)):
        return None
    expected, shown = _both(right, got)
    return _failed("value", f"{name} is {shown}, and it should be {expected}.", expected, shown)


def _close(right: Any, got: Any, tolerance: float) -> Any:
    """Where two arrays agree; infinities and nan agree with themselves alone."""
    if right.dtype.kind != "f":
        return np.equal(right, got)
    with np.errstate(all="ignore"):
        near = np.abs(got - right) <= tolerance * (1 + np.abs(right))
    same = (got == right) | (np.isnan(got) & np.isnan(right))
    return np.where(np.isfinite(right), near, same)


def _both(right: Any, got: Any) -> tuple[str, str]:
    """Two numbers with as many digits as tell them apart."""
    for digits in (6, 12):
        texts = (_digits(right, digits), _digits(got, digits))
        if texts[0] != texts[1]:
            return texts
    return _digits(right, 17), _digits(got, 17)


def _digits(value: Any, digits: int) -> str:
    if isinstance(value, int):
        text = str(value) if abs(value) < 10**20 else "a number of more than 20 digits"
    else:
        text = f"{value:.{digits}g}"
    return text.replace("-", "\u2212")


def _kind(value: Any) -> str:
    """What a value is, for a sentence."""
    match value:
        case None:
            return "nothing (None)"
        case bool():
            return f"{value}, a bool"
        case int():
            return f"{_digits(value, 6)}, a whole number (an int)"
        case float():
            return f"{value!r}, a float"
        case str():
            return "text (a str)"
        case tuple():
            return f"a tuple of {len(value)}"
        case Foreign():
            return f"of the type {value.type_name}"
        case _:
            return f"an array of shape {value.shape}"


def _short(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= _SHOWN_WHOLE:
            numbers = np.array2string(value, separator=", ", precision=6).replace("\n", "")
            return f"{name} = {' '.join(numbers.split())}"
        return f"{name} of shape {value.shape}"
    return f"{name} = {value!r}"


def _failed(stage: Stage, message: str, expected: str = "", got: str = "") -> Verdict:
    return Verdict(False, stage, message, expected=expected, got=got)
