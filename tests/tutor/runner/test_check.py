"""The verdict on a learner's code: the order of its stages, its sentences, cancelling."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from lessons.kit.exercise import Exercise, exercises, read_exercise
from lessons.kit.verdict import Verdict
from tutor.runner.check import check
from tutor.runner.limits import Limits

GRADIENT = {
    "exercise.toml": """
title = "Square"
objectives = ["X1"]
function = "square"
task = "Return the square of `x`, and the gradient that comes back."
explanation = "The derivative of x² is 2x."
[hints]
idea = "Multiply."
formula = "y = x², dx = 2·x·dy"
line = "`return x * x, 2 * x * dy`"
""",
    "starter.py": "# dl-tutor exercise: toy/square\ndef square(x, dy):\n    return x, dy\n",
    "solution.py": "def square(x, dy):\n    return x * x, 2 * x * dy\n",
    "check.py": """
RESULTS = ("y",)
GRADIENTS = ("dx",)

def cases(rng):
    return [{"dy": rng.normal(size=3), "x": rng.normal(size=3)}]

def reference(x, dy):
    return x * x, 2 * x * dy
""",
}
HEAD = "import numpy as np\ndef conv2d(x, kernel):\n    "


@pytest.fixture
def square(tmp_path: Path) -> Exercise:
    folder = tmp_path / "toy" / "exercises" / "square"
    folder.mkdir(parents=True)
    for name, text in GRADIENT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_exercise(folder)


@pytest.mark.parametrize(
    ("body", "stage", "sentence"),
    [
        ("pass", "nothing", "conv2d returned nothing (None). End it with `return y`."),
        ("return 3.0", "type", "y is 3.0, a float, and it should be a NumPy array of shape (3, 3)"),
        ("return [1]", "type", "y is of the type list"),
        ("return x", "shape", "y has the shape (4, 4), and it should have (3, 3)."),
        ("return np.zeros((3, 3), int)", "dtype", "y is an array of int64: it cannot hold"),
        ("return np.zeros((3, 3), 'f4')", "dtype", "y is an array of float32. It should be of fl"),
        ("return np.zeros((3, 3), complex)", "dtype", "y is an array of complex128"),
        ("return np.full((3, 3), np.inf)", "value", "y[0,0] is inf, and it should be "),
        ("return nmae", "error", "Line 3 stopped with NameError: name 'nmae' is not defined. The"),
        ("return x +", "error", "Line 3 stopped with SyntaxError: invalid syntax. The line reads"),
        ("return conv2d(x, kernel)", "error", "Line 3 stopped with RecursionError"),
        ("exit()", "error", "Line 3 stopped with NameError"),
        ("raise SystemExit", "error", "Line 3 ended the program before it returned"),
    ],
)
def test_what_is_said(conv2d: Exercise, body: str, stage: str, sentence: str) -> None:
    verdict = check(conv2d, HEAD + body)
    assert verdict.stage == stage
    assert verdict.message.startswith(sentence)


def test_the_first_wrong_cell(conv2d: Exercise) -> None:
    source = conv2d.solution.replace("    return y", "    y[-1, -1] += 1e-6\n    return y")
    verdict = check(conv2d, source, seed=7)
    case = conv2d.cases(7)[0]
    assert (verdict.stage, verdict.where, verdict.case) == ("value", "y[2,2]", 1)
    assert verdict.message.endswith("Wrong: 1 cell of 9.")
    assert float(verdict.expected.replace("−", "-")) == pytest.approx(case.expected[0][2, 2])
    assert verdict.expected != verdict.got
    assert verdict.arguments.startswith("x = [[")


def test_the_case_that_fails_is_the_one_that_is_shown(conv2d: Exercise) -> None:
    source = conv2d.solution.replace(
        "    rows,",
        "    print('kernel', kernel.shape)\n    assert kernel.shape != (3, 2)\n    rows,",
    )
    verdict = check(conv2d, source)
    assert (verdict.stage, verdict.case, verdict.cases) == ("error", 3, 6)
    assert verdict.message.startswith("Line 7 stopped with AssertionError.")
    assert verdict.arguments.startswith("x of shape (5, 8), kernel = ")
    assert verdict.output == "kernel (3, 2)"


def test_what_was_printed_before_an_endless_loop_is_kept(conv2d: Exercise, quick: Limits) -> None:
    verdict = check(conv2d, HEAD + "print('here')\n    while True: pass", limits=quick)
    assert (verdict.stage, verdict.output) == ("time", "here")


def test_wrong_values_come_before_a_later_error(conv2d: Exercise) -> None:
    assert check(conv2d, HEAD + "return np.zeros((3, 3))[: kernel[0, 0] * 0 + 3]").stage == "error"
    verdict = check(conv2d, HEAD + "return np.zeros((3, 3)) if len(x) == 4 else 1 / 0")
    assert (verdict.stage, verdict.case) == ("value", 1)


def test_inputs_are_fresh_and_a_seed_gives_them_again(conv2d: Exercise) -> None:
    wrong = HEAD + "return np.zeros((3, 3))"
    first, second = check(conv2d, wrong), check(conv2d, wrong)
    assert first.seed != second.seed
    assert first.arguments != second.arguments
    assert check(conv2d, wrong, seed=first.seed) == first


def test_what_the_code_does_to_its_arguments_does_not_count(conv2d: Exercise) -> None:
    source = conv2d.solution.replace(
        "    return y", "    x[:] = 0\n    kernel[:] = 0\n    return y"
    )
    assert check(conv2d, source).passed


def test_numbers_of_numpy_are_numbers() -> None:
    exercise = exercises("cnn")["output-size"]
    numpy = exercise.solution.replace(
        "return room", "import numpy as np\n    return np.int32(room)"
    )
    assert check(exercise, numpy).passed
    verdict = check(exercise, numpy.replace("np.int32(room)", "np.float64(room)"))
    assert verdict.stage == "type"


def test_gradients_come_last(square: Exercise) -> None:
    def verdict(returned: str) -> Verdict:
        return check(square, f"def square(x, dy):\n    return {returned}")

    assert verdict("x * x, 2 * x * dy").passed
    assert verdict("x, dy").where == "y[0]"
    found = verdict("x * x, dy")
    assert (found.stage, found.where) == ("gradient", "dx[0]")
    assert verdict("x * x, dy[1:]").stage == "gradient"
    assert verdict("x * x").message.endswith("it should return 2 things: `return y, dx`.")


def test_cancel(conv2d: Exercise) -> None:
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    begun = time.monotonic()
    verdict = check(conv2d, "while True: pass", cancel=cancel, limits=Limits(seconds=60))
    assert (verdict.stage, verdict.passed) == ("cancelled", False)
    assert time.monotonic() - begun < 30


def test_several_at_once(conv2d: Exercise) -> None:
    found: list[Verdict] = []
    threads = [
        threading.Thread(target=lambda: found.append(check(conv2d, conv2d.solution)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [verdict.passed for verdict in found] == [True] * 4


def test_code_that_is_too_long_or_cannot_be_encoded(conv2d: Exercise) -> None:
    assert check(conv2d, "#" * 100_001).stage == "error"
    assert check(conv2d, conv2d.solution + "# \udc80").stage == "error"
    assert check(conv2d, conv2d.solution + "#" + "é" * 49_000).passed


def test_no_room_for_the_check(conv2d: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    verdict = check(conv2d, conv2d.solution)
    assert verdict.message == (
        "Python could not be started for the check: No such file or directory"
    )


def test_the_environment_is_not_handed_on(
    conv2d: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "12345")
    verdict = check(conv2d, HEAD + "import os, sys\n    print(sorted(os.environ), sys.argv)")
    assert "SECRET" not in verdict.output
    assert "SECRET" in os.environ
