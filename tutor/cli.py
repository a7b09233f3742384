"""The command `dl-tutor`: reads its arguments, and says in one sentence what is wrong with them."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from lessons.kit.clean import clean
from tutor.arguments import COMMANDS, REMEMBERED, WIDTHS, UsageError, read
from tutor.ascii import to_ascii

READABLE = "dl-tutor --plain, list and show LESSON/STEP work without one"
"""What there is instead of the application."""
WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What textual-serve has Textual draw with: a browser shows it, and there is no terminal."""


class OutputError(Exception):
    """Standard output does not take what is written to it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code: 0, 1 for findings of lint and of doctor and for code
    that does not pass, 2 for what cannot be done."""
    _fill_streams()
    try:
        try:
            code = _run(list(sys.argv[1:] if argv is None else argv))
        except SystemExit as done:  # how argparse ends after --help and --version
            code = int(done.code or 0)
        _write("")
        return code
    except BrokenPipeError:
        _drop_output()
        return 141  # as of a program that SIGPIPE ended
    except OutputError as error:
        _drop_output()
        return _fail(f"the output cannot be written: {error}")
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    try:
        command, given = read(arguments)
    except UsageError as error:
        return _fail(str(error))

    run: dict[str, Callable[[Namespace], int]]
    run = {"list": _list, "show": _show, "lint": _lint, "check": _check, "review": _review}
    run |= {"record": _record, "serve": _serve, "doctor": _doctor}
    try:
        if command not in ("", "review", "doctor"):
            _prefer(given)
        if command in REMEMBERED:
            return _remembered(command, given)
        return run.get(command, _app)(given)
    except _refusals() as error:
        return _fail(str(error))


def _refusals() -> tuple[type[Exception], ...]:
    """What is said in a sentence; imported when it comes to that."""
    from lessons.kit.exercise import ExerciseError
    from lessons.kit.fences import ScriptError
    from tutor.lookup import CommandError
    from tutor.progress.commands import ProgressError

    return UsageError, CommandError, ScriptError, ExerciseError, ProgressError


def _prefer(given: Namespace) -> None:
    """What prints text follows the settings too; what is wrong with them, doctor says."""
    from tutor.preferences.place import settings_file
    from tutor.preferences.reading import read as read_settings

    preferences = read_settings(settings_file(given.config)).preferences
    given.ascii = given.ascii or preferences.characters == "ascii"
    given.light = given.light or preferences.theme.endswith("light")


def _app(given: Namespace) -> int:
    start: tuple[str, str] | None = None
    if given.where is not None:
        from tutor.lookup import find

        lesson, step = find(given.where, also=COMMANDS)
        start = lesson.id, (step or lesson.steps[0]).id
    return _open(given, start, instead=READABLE, image=_image(given))


def _image(given: Namespace) -> str:
    """The learner's own picture, when one is given. Errors: CommandError when it is none."""
    if given.image is None:
        return ""
    from tutor.lookup import own_image

    return own_image(given.image)


def _review(given: Namespace) -> int:
    instead = "dl-tutor review --plain works without one"
    return _open(given, None, instead=instead, review=True)


def _open(
    given: Namespace,
    start: tuple[str, str] | None,
    *,
    instead: str,
    review: bool = False,
    image: str = "",
) -> int:
    """Open the application, on a terminal."""
    from lessons.catalog import lessons

    lessons()  # a script that cannot be read is said here, not on a screen half drawn
    served = os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER
    if not (given.plain or served):
        _need_terminal(instead)
    if given.plain or (os.environ.get("TERM") == "dumb" and not served):
        return _plain(given, start, review=review, image=image)
    if served:
        os.environ["TEXTUAL_DRIVER"] = "tutor.share.web_driver:ServedDriver"
    # Textual would take these for the size of the terminal, and never notice a resize.
    for name in () if served else ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    from tutor import pauses

    pauses.start()
    from tutor.app import run

    code = run(
        start,
        ascii_only=given.ascii,
        light=given.light,
        state_dir=given.state_dir,
        review=review,
        image=image,
        config=given.config,
        served=served,
    )
    if code:  # ended from outside: there may be no terminal any more
        _drop_output()
    return code


def _plain(given: Namespace, start: tuple[str, str] | None, *, review: bool, image: str) -> int:
    """Hold the course as a dialogue in lines of text."""
    from tutor.dialogue.talk import run
    from tutor.progress.session import open_progress

    _prefer(given)
    if not given.plain:
        _print(["TERM is dumb, so this is dl-tutor --plain: lines of text."], given.ascii)
    run(
        start,
        write=_write,
        width=_width(),
        ascii_only=given.ascii or not _unicode(sys.stdout),
        progress=open_progress(given.state_dir),
        review=review,
        image=image,
    )
    return 0


def _need_terminal(instead: str) -> None:
    # Textual reads from standard input and draws on standard error.
    for name, stream in (("input", sys.stdin), ("output", sys.stdout), ("error", sys.stderr)):
        if not _is_terminal(stream):
            raise UsageError(f"the course needs a terminal, and standard {name} is none; {instead}")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _list(given: Namespace) -> int:
    from tutor.commands import list_lines

    _print(list_lines(given.where, _width()), given.ascii)
    return 0


def _show(given: Namespace) -> int:
    from tutor.drawing.pen import Pen
    from tutor.show import Wanted, show_lines

    wanted = Wanted(
        given.at, given.set, given.why, given.uncover, given.seed, given.starter, _image(given)
    )
    pen = Pen(look=given.look, dark=not given.light)
    _print(show_lines(given.where, wanted, given.width or _width(), pen), given.ascii)
    return 0


def _record(given: Namespace) -> int:
    from tutor.share.record import Wanted, record_line

    places = given.file, given.at, given.to, given.set, _image(given)
    how = given.size, given.speed, given.force, given.ascii, given.light
    _print([record_line(given.where, Wanted(*places, *how))], given.ascii)
    return 0


def _serve(given: Namespace) -> int:
    from tutor.share.serve import serve

    chosen = {"--ascii": given.ascii, "--light": given.light}
    options = [name for name, wanted in chosen.items() if wanted]
    for name, value in (("--state-dir", given.state_dir), ("--config", given.config)):
        if value is not None:
            options += [name, value]

    def say(*texts: str) -> None:
        _print((line for text in texts for line in textwrap.wrap(text, _width())), given.ascii)

    serve(given.host, given.port, options, say, _complain)
    return 0


def _check(given: Namespace) -> int:
    from tutor.runner.files import report_file

    output, errors = io.StringIO(), io.StringIO()
    code = report_file(given.file, output, errors)
    _print(output.getvalue().splitlines(), given.ascii)
    for line in errors.getvalue().splitlines():
        _complain(line)
    return code


def _remembered(command: str, given: Namespace) -> int:
    from lessons.catalog import lessons, template_ids
    from tutor.progress.commands import lines
    from tutor.progress.report import Course

    course = Course({one.id: (one.title, one.step_ids) for one in lessons()}, template_ids())

    def ask(question: str) -> str:
        plain = given.ascii or not _unicode(sys.stdout)
        _write(to_ascii(clean(question)) if plain else clean(question))
        return _answer()

    _print(lines(command, given, course, ask), given.ascii)
    return 0


def _answer() -> str:
    """A line of standard input. Errors: EOFError when there is none that can be read."""
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except (OSError, ValueError) as error:  # ValueError: closed, or no text
        raise EOFError from error
    if not line:
        raise EOFError
    return line


def _lint(given: Namespace) -> int:
    from tutor.commands import lint_lines

    found = False
    for line, is_problem in lint_lines(given.where):
        _print([line], given.ascii)
        found = found or is_problem
    return 1 if found else 0


def _doctor(given: Namespace) -> int:
    from tutor.doctor.command import examine
    from tutor.doctor.report import report_lines, something_wrong
    from tutor.preferences.place import settings_file
    from tutor.preferences.reading import read as read_settings

    path = settings_file(given.config)
    sections = examine(
        path,
        read_settings(path),
        encoding=sys.stdout.encoding if sys.stdout else "",
        state_dir=given.state_dir,
        ascii_only=given.ascii,
        light=given.light,
    )
    _print(report_lines(sections, _width()), given.ascii)
    return 1 if something_wrong(sections) else 0


def _width() -> int:
    """The terminal's columns; 80 in a pipe."""
    return max(WIDTHS[0], min(shutil.get_terminal_size().columns, WIDTHS[1]))


def _print(lines: Iterable[str], ascii_only: bool) -> None:
    """Print lines; all are made before the first is written, so an error comes alone."""
    ascii_only = ascii_only or not _unicode(sys.stdout)
    cleaned = (to_ascii(clean(line)) if ascii_only else clean(line) for line in lines)
    _write("".join(f"{line}\n" for line in cleaned))


def _write(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror) from error


def _fail(message: str) -> int:
    _complain(f"dl-tutor: {message}")
    return 2


def _complain(message: str) -> None:
    """Say on standard error, in one line, what cannot be done."""
    if sys.stderr is None:
        return  # print would say it on standard output
    text = " ".join(clean(message).split("\n"))
    print(text if _unicode(sys.stderr) else to_ascii(text), file=sys.stderr)


def _unicode(stream: TextIO | None) -> bool:
    """Whether a stream takes every character: so says its encoding, and of a terminal its kind,
    and the locale, which Python leaves out of account where it is C."""
    encoding = getattr(stream, "encoding", None) or ""
    if not _is_terminal(stream):
        return encoding.lower().startswith("utf")
    from tutor.terminal.surroundings import look_around

    return look_around(encoding=encoding).unicode


def _fill_streams() -> None:
    """Let what is opened later not have the number of a stream that was closed, which a learner's
    code would find in its place."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(opened)


def _drop_output() -> None:
    """Have what is still to be written go nowhere, or Python complains about it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
