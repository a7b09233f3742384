"""Which move comes next: mostly one that means something at this moment, sometimes any."""

from __future__ import annotations

import string
from random import Random
from typing import Any

from lessons.catalog import lessons
from lessons.kit.cells import Grid, Values
from lessons.kit.control import Choice, Control, Decimal, Scale, Stepper, Text, Toggle
from tests.monkey.moves import Move
from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen

LEAVE = frozenset({"q", "ctrl+q", "ctrl+c", "super+c", "ctrl+z"})
"""Keys that end the application, which is a move of its own, and the rarest."""
ODD_KEYS = (
    *string.printable[:95],
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"),
    *("enter", "escape", "backspace", "delete", "insert", "f1", "f2", "f5", "ctrl+a", "ctrl+e"),
    *("ctrl+k", "ctrl+u", "ctrl+w", "ctrl+x", "ctrl+v", "ctrl+y", "ctrl+p", "ctrl+l", "ctrl+f"),
    *("shift+up", "shift+down", "shift+left", "shift+right", "ctrl+left", "ctrl+right"),
    *("shift+home", "shift+end", "alt+x", "ctrl+@", "ctrl+r", "ctrl+t", "ctrl+o", "f6", "f7"),
    *("é", "ß", "漢", "🙂", "́", "‮", "²", "٣", "½", "−", "\x00", "\x1b", "\x7f", "\x9b"),
)
SIZES = (
    *((80, 24), (120, 36), (60, 18), (250, 80), (100, 30), (99, 24), (61, 40), (200, 18)),
    *((59, 17), (1, 1), (2, 50), (300, 3), (20, 10), (160, 50), (118, 20), (117, 60)),
)
PASTES = (
    *("0.5", "-1 0 1 / -2 0 2 / -1 0 1", "nan", "1e999", "9" * 400, "", " ", "\n", "\t\t"),
    *("~/cat.png", "/no/such/file", "/dev/null", "/", ".", "'quoted'", "a\x00b", "~nobody/x"),
    *("def f(x):\n    return x\n", "while True: pass\n", "x" * 5000, "a\r\nb\rc\n" * 40),
    *("\x1b[31mred\x1b[0m", "[@click=app.quit]x[/]", "[bold", "‮gnirts", "👩‍👩‍👧" * 9, "漢字" * 30),
)
WORDS = ("gradient", "terms", "quit it", "slide", "0.75", "x" * 60)
NUMBERS = ("0", "1", "-1", "0.5", "-0.25", "99", "-99", "1000000", "7", "-", ".", "--1", "0.1.2")

STEPS = tuple((one.id, step.id) for one in lessons() for step in one.steps)
"""Every step of every lesson that there is."""


def next_moves(app: TutorApp, random: Random) -> list[Move]:
    """One move or a few that belong together: nothing waits between them."""
    dice = random.random()
    if dice < 0.27:
        return [("key", random.choice(working_keys(app)))]
    if dice < 0.32:  # held down: terminals repeat it
        return [("key", random.choice(working_keys(app)))] * random.randint(10, 80)
    if dice < 0.54:
        return control_moves(app, random)
    if dice < 0.72:
        return [("key", one) for one in random.choices(working_keys(app), k=random.randint(2, 40))]
    if dice < 0.77:
        return typed_number(random)
    if dice < 0.82:
        keys = [one for one in ODD_KEYS if one not in LEAVE]
        return [("key", random.choice(keys)) for _ in range(random.randint(1, 3))]
    if dice < 0.89:
        return mouse(app, random)
    if dice < 0.92:
        return [("tick",)] * random.randint(1, 4)
    if dice < 0.95:
        return [("resize", *size(random))]
    if dice < 0.965:
        return [("paste", random.choice(PASTES)), ("key", random.choice(("enter", "escape")))]
    if dice < 0.975:
        return [("keys", random.choice(WORDS))]
    if dice < 0.985:
        return [("wait",)]
    if dice < 0.99:
        return [("focus", random.random() < 0.5), ("focus", True)]
    if dice < 0.992:
        return [("review",) if random.random() < 0.5 else ("settings",)]
    if dice < 0.999:
        return [("open", *random.choice(STEPS))]
    return [("key", "q")]


def working_keys(app: TutorApp) -> list[str]:
    """The keys that are bound to something now."""
    active = app.screen.active_bindings
    keys = sorted(key for key, one in active.items() if one.enabled and key not in LEAVE)
    return keys or ["escape"]


def control_moves(app: TutorApp, random: Random) -> list[Move]:
    """A letter of one of the lab's controls, or a value for it."""
    screen = app.screen
    controls = screen.session.lab.controls if isinstance(screen, LessonScreen) else ()
    if not controls:
        return [("key", random.choice(working_keys(app)))]
    control = random.choice(controls)
    if control.key and random.random() < 0.7:
        key = random.choice((control.key, control.key.upper()))
        return [("key", key)] * random.choice((1, 1, 1, 2, 5))
    return [("set", control.name, value_for(control, random))]


def value_for(control: Control, random: Random) -> str:
    """A text that the control mostly takes."""
    if random.random() < 0.1:
        return random.choice(PASTES)
    value: Any = control.initial
    match control:
        case Choice():
            return random.choice(control.options)
        case Stepper():
            return str(random.randrange(control.low, control.high + 1, control.by))
        case Scale():
            value = random.choice(control.values)
        case Decimal():
            value = round(random.uniform(control.low, control.high), random.randint(0, 4))
        case Toggle():
            value = random.random() < 0.5
        case Text():
            letters = random.choice((string.ascii_letters + " ", string.printable, "ab漢\u0301‮"))
            count = random.choice((control.least, control.most, random.randint(0, control.most)))
            return "".join(random.choices(letters, k=count))
        case Grid():
            rows, columns = control.size or (random.randint(1, 7),) * 2
            numbers = (0.0, 1.0, -1.0, control.bound, -control.bound, 0.5, random.uniform(-2, 2))
            value = tuple(tuple(random.choices(numbers, k=columns)) for _ in range(rows))
        case Values():
            count = random.randint(control.least, control.most)
            ends = control.low, control.high
            value = [random.choice((*ends, random.random())) for _ in range(count)]
            if control.distribution:
                total = sum(value)
                value = [one / total for one in value] if total else [1.0] + [0.0] * (count - 1)
    return control.show(value)


def typed_number(random: Random) -> list[Move]:
    """A number, and what ends it."""
    end = random.choice(("enter", "enter", "right", "down", "left", "escape", "backspace", "tab"))
    return [("keys", random.choice(NUMBERS)), ("key", end)]


def mouse(app: TutorApp, random: Random) -> list[Move]:
    """A click, a stroke with the button down, or the wheel."""
    width, height = app.size
    x, y = random.randrange(max(1, width)), random.randrange(max(1, height))
    kind = random.random()
    if kind < 0.5:
        button = random.choice((1, 1, 1, 1, 2, 3))
        return [("down", x, y, button), ("up", x, y, button)] * random.choice((1, 1, 2))
    if kind < 0.75:
        stroke: list[Move] = [("down", x, y, 1)]
        for _ in range(random.randint(1, 6)):
            x = max(0, min(width - 1, x + random.randint(-4, 4)))
            y = max(0, min(height - 1, y + random.randint(-2, 2)))
            stroke.append(("move", x, y, 1))
        # Some terminals never tell that a button was let go outside.
        return stroke if random.random() < 0.1 else [*stroke, ("up", x, y, 1)]
    if kind < 0.85:
        return [("move", x, y, 0)]
    return [(random.choice(("wheel_up", "wheel_down")), x, y, 0)] * random.randint(1, 3)


def size(random: Random) -> tuple[int, int]:
    """A size of the window; most are large enough."""
    return random.choice(SIZES[:8] if random.random() < 0.8 else SIZES)
