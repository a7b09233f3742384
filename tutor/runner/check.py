"""Judges a learner's code on fresh inputs, beside the engine."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import replace
from threading import Event

from lessons.kit.clean import clean, clean_line
from lessons.kit.exercise import Exercise
from lessons.kit.verdict import Stage, Verdict, arguments_of, judge
from tutor.runner.limits import LIMITS, Limits
from tutor.runner.process import Run, run

MOST_SOURCE = 100_000
"""Bytes; longer code is no answer to an exercise."""
_MOST_MESSAGE = 200
_OUTPUT_LINES = 40


def check(
    exercise: Exercise,
    source: str,
    *,
    seed: int | None = None,
    cancel: Event | None = None,
    limits: Limits = LIMITS,
) -> Verdict:
    """Run the source against fresh cases and say what is right or first wrong with it.

    Blocks, for a few seconds at most: call it in a thread, and set `cancel` to have it end soon.
    When it returns, everything that the code had started is gone. Without a seed the cases are
    new every time. Errors: ExerciseError, when the exercise itself is broken.
    """
    if len(source.encode(errors="replace")) > MOST_SOURCE:
        return Verdict(False, "error", f"The code is longer than {MOST_SOURCE // 1000} kB.")
    seed = int.from_bytes(os.urandom(6)) if seed is None else seed
    cases = exercise.cases(seed)
    arguments = [list(case.arguments.values()) for case in cases]
    done = run(
        source, exercise.function, arguments, limits, cancel.is_set if cancel else lambda: False
    )
    verdict = None if done.end == "cancelled" else judge(exercise, cases, done.answers)
    if verdict is None:
        if done.end == "done":
            verdict = Verdict(
                True, "passed", f"All {len(cases)} cases agree with the engine.", cases=len(cases)
            )
        else:
            verdict = _broken_off(exercise, source, done, limits)
            at = len(done.answers)
            if done.end in ("raised", "time", "ended") and done.error.get("case") != -1:
                verdict = replace(
                    verdict, case=at + 1, cases=len(cases), arguments=arguments_of(cases[at])
                )
    verdict = replace(verdict, message=clean(verdict.message), got=clean(verdict.got))
    return replace(verdict, seed=seed, output=_printed(done.output_of((verdict.case or 1) - 1)))


def _broken_off(exercise: Exercise, source: str, done: Run, limits: Limits) -> Verdict:
    """Why there is no answer to every case."""
    stage: Stage = "ended"
    match done.end:
        case "raised":
            return _raised(source, done, limits)
        case "missing":
            stage = "error"
            message = (
                f"The code defines no function {exercise.function}: keep the line of the starter "
                f"that begins with `def {exercise.function}(`."
            )
        case "time":
            stage = "time"
            message = f"The code was stopped after {limits.seconds:g} s. Does every loop end?"
        case "garbled":
            message = "The code wrote to the descriptor that its results come on."
        case "cancelled":
            stage = "cancelled"
            message = "The check was cancelled."
        case "unstarted":
            said = clean_line(done.output.decode(errors="replace")[-800:], _MOST_MESSAGE)
            said = said or str(done.error.get("text", "it gave no reason"))
            message = f"Python could not be started for the check: {said}"
        case _:
            message = _ended(exercise, done.status)
    return Verdict(False, stage, message)


def _raised(source: str, done: Run, limits: Limits) -> Verdict:
    """An error in words: the learner's line, and the last line of the traceback."""
    kind = clean_line(str(done.error.get("type")), 60)
    text = clean_line(str(done.error.get("text")), _MOST_MESSAGE)
    line = done.error.get("line")
    lines = source.splitlines()
    if type(line) is not int or not 1 <= line <= len(lines):
        line = None
    place = f"Line {line}" if line else "The code"
    match kind:
        case "SystemExit":
            message = f"{place} ended the program before it returned: leave exit out."
        case "OSError" if f"Errno {errno.EFBIG}" in text:
            message = f"{place} printed more than the {limits.file_bytes >> 20} MB of a check."
        case "MemoryError":
            message = f"{place} asked for more memory than the {limits.memory >> 20} MB of a check."
        case "PermissionError":
            message = (
                f"{place} stopped with {kind}: {text}. Code in a check may not use files, "
                "other processes or the network."
            )
        case _:
            message = f"{place} stopped with {kind}" + (f": {text}" if text else "")
    if line and (shown := clean_line(lines[line - 1], 60)):
        message = f"{message.rstrip('.')}. The line reads `{shown}`."
    return Verdict(False, "error", message, line=line)


def _ended(exercise: Exercise, status: int | None) -> str:
    """What is to be said of a process that ended without an answer."""
    if status == -signal.SIGSEGV:
        why = "crashed (a function that calls itself without end does that)"
    elif status == -signal.SIGXCPU:
        why = "used up its computing time"
    elif status is not None and status < 0:
        why = f"was ended by {signal.Signals(-status).name}"
    else:
        why = "ended"
    return f"The program {why} before {exercise.function} returned."


def _printed(output: bytes) -> str:
    """What the code printed, cleaned; of much, the beginning."""
    lines = clean(output.decode(errors="replace")).splitlines()
    kept = [line if len(line) <= 200 else line[:199] + "…" for line in lines[:_OUTPUT_LINES]]
    return "\n".join([*kept, "…"] if len(lines) > _OUTPUT_LINES else kept)
