"""A small lesson on disk that has one of everything, in which nothing is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from lessons.kit.answer import Numeric
from lessons.kit.exercise import Exercise
from lessons.kit.folder import read_folder
from lessons.kit.lint import lint
from lessons.kit.question import Draft, Mistake, Template
from lessons.kit.verdict import Verdict, judge

NAME = "doubling"
"""The lesson's folder."""

LESSON = """\
+++
title = "Doubling"
sentence = "Twice as much."
place = 1
minutes = 5

[objectives]
D1 = "What doubling does"
+++

# Twice {#twice D1}

The window moves on. How large will the next number be?

```lab
lab = "double"
set = { by = 2 }
at = 1
```

```predict
bet = "next-double"
```

# How much? {#how-much}

Two of them, with new numbers each time.

```check
questions = ["double-of"]
```

# Write it {#write-it}

Now write it yourself.

```code
exercise = "double-it"
```
"""

EXERCISE = "exercises/double-it"
"""The folder of its exercise."""

LABS = "from tests.lessons.small import DOUBLE\nLABS = (DOUBLE,)\n"

PREDICTIONS = """\
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.prediction import Moment, Prediction, Truth, focus
from tests.lessons.small import CONTROLS, DOUBLE, figure, film_of


def on(here):
    return Moment(here.settings, here.position + 1)


def read(here, there):
    return Truth(focus(there).value, focus(there))


PREDICTIONS = (
    Prediction(
        id="next-double",
        lab=DOUBLE,
        prompt="How large is the next number?",
        kind=Numeric(),
        reveal=on,
        read=read,
        covers=("line",),
    ),
)
"""

QUESTIONS = """\
from lessons.kit.question import Draft, Template
from tests.lessons.small_folder import double_of

QUESTIONS = (
    Template("double-of", "Doubling", ("D1",), double_of),
)
"""

EXERCISE_TOML = """\
title = "Double it"
objectives = ["D1"]
function = "double"
task = "Return twice `x`."
explanation = "Twice is what it is."

[hints]
idea = "How much more?"
formula = "y = 2 x"
line = "`return 2 * x`"
"""

CHECK = """\
def cases(rng):
    return [(rng.normal(size=3),), (rng.normal(size=(2, 2)),)]


def reference(x):
    return 2 * x
"""

FILES = {
    "lesson.md": LESSON,
    "labs.py": LABS,
    "predictions.py": PREDICTIONS,
    "questions.py": QUESTIONS,
    "glossary.toml": '# Words.\n\n["double"]\nsays = "Twice as much."\nstep = "doubling/twice"\n',
    f"{EXERCISE}/exercise.toml": EXERCISE_TOML,
    f"{EXERCISE}/check.py": CHECK,
    f"{EXERCISE}/starter.py": (
        "# dl-tutor exercise: doubling/double-it\ndef double(x):\n    return x\n"
    ),
    f"{EXERCISE}/solution.py": "def double(x):\n    return 2 * x\n",
    f"{EXERCISE}/wrong_rest.py": ("# expect: shape\ndef double(x):\n    return 2 * x[1:]\n"),
}


def write(parent: Path) -> Path:
    """The lesson's folder, written into a directory."""
    folder = parent / NAME
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def double_of(rng: np.random.Generator) -> Draft:
    """A question about doubling."""
    number = int(rng.integers(3, 20))
    return Draft(
        prompt=f"What is twice {number}?",
        kind=Numeric(),
        truth=2.0 * number,
        mistakes=(Mistake("squared", float(number**2), "That is its square."),),
        explanation=f"{number} + {number}",
    )


TEMPLATE = Template("double-of", "Doubling", ("D1",), double_of)


def judged(exercise: Exercise, source: str) -> Verdict:
    """The verdict on trusted code, in this process."""
    cases = exercise.cases(1)
    space: dict[str, Any] = {}
    exec(source, space)
    answers = [space[exercise.function](*case.arguments.values()) for case in cases]
    return judge(exercise, cases, answers) or Verdict(True, "passed", "All agree.")


def forget() -> None:
    """Have the lesson's modules imported afresh the next time."""
    for module in [one for one in sys.modules if one.partition(".")[0] == NAME]:
        del sys.modules[module]


def found(folder: Path) -> list[str]:
    """What lint finds, with paths inside the folder."""
    material = read_folder(folder)
    problems = lint(material, {"cnn": ("slide",)}, judged).problems
    return [str(problem).removeprefix(f"{folder.resolve()}/") for problem in problems]


def plant(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file of the lesson."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
