"""The command `dl-tutor`: reads its arguments, and says in one sentence what is wrong with them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn, TextIO

from tutor import __version__
from tutor.ascii import to_ascii
from tutor.clean import clean

COMMANDS = ("list", "show", "lint")
"""Any other first word is a lesson to open."""
WIDTHS = (20, 500)
"""Columns that plain text may be wrapped to."""
EPILOG = """\
dl-tutor                       the map of the course
dl-tutor cnn                   the first step of a lesson
dl-tutor cnn/slide             a step
dl-tutor list [LESSON]         lessons and steps; of one lesson, how its labs can be set
dl-tutor show LESSON/STEP      a step as plain text, for a pipe or a screen reader
dl-tutor lint [LESSON|FOLDER]  what is wrong with a lesson

dl-tutor COMMAND --help says more. In the application, ? shows the keys that work.
"""


class UsageError(Exception):
    """Something that cannot be done as it was asked for; the message is a sentence."""


class OutputError(Exception):
    """Standard output does not take what is written to it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; {self.prog} --help shows how it is used")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code: 0, 1 for findings of lint, 2 for what cannot be done."""
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
    command = next((word for word in arguments if not word.startswith("-")), "")
    try:
        if command in COMMANDS:
            arguments.remove(command)
            given = _command_parser(command).parse_args(arguments)
        else:
            given = _app_parser().parse_args(arguments)
    except UsageError as error:
        return _fail(str(error))

    from lessons.kit.fences import ScriptError
    from tutor.lookup import CommandError

    run: dict[str, Callable[[argparse.Namespace], int]]
    run = {"list": _list, "show": _show, "lint": _lint}
    try:
        return run.get(command, _app)(given)
    except (UsageError, CommandError, ScriptError) as error:
        return _fail(str(error))


def _app(given: argparse.Namespace) -> int:
    from lessons.catalog import lessons
    from tutor.lookup import find

    start: tuple[str, str] | None = None
    if given.where is not None:
        lesson, step = find(given.where, also=COMMANDS)
        start = lesson.id, (step or lesson.steps[0]).id
    lessons()  # a script that cannot be read is said here, not on a screen half drawn
    _need_terminal()
    # Textual would take these for the size of the terminal, and never notice a resize.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    from tutor.app import run

    run(start, ascii_only=given.ascii or not _unicode(sys.stdout), light=given.light)
    return 0


def _need_terminal() -> None:
    instead = "dl-tutor list and dl-tutor show LESSON/STEP work without one"
    # Textual reads from standard input and draws on standard error.
    for name, stream in (("input", sys.stdin), ("output", sys.stdout), ("error", sys.stderr)):
        if not _is_terminal(stream):
            raise UsageError(f"the course needs a terminal, and standard {name} is none; {instead}")
    if os.environ.get("TERM") == "dumb":
        raise UsageError(f"the course needs a terminal to draw on, and TERM is dumb; {instead}")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _list(given: argparse.Namespace) -> int:
    from tutor.commands import list_lines

    _print(list_lines(given.where, _width()), given.ascii)
    return 0


def _show(given: argparse.Namespace) -> int:
    from tutor.commands import show_lines
    from tutor.drawing.panel import Pen

    lines = show_lines(
        given.where,
        at=given.at,
        given=given.set,
        asked=given.why,
        width=given.width or _width(),
        pen=Pen(look=given.look, dark=not given.light),
    )
    _print(lines, given.ascii)
    return 0


def _lint(given: argparse.Namespace) -> int:
    from tutor.commands import lint_lines

    found = False
    for line, is_problem in lint_lines(given.where):
        _print([line], given.ascii)
        found = found or is_problem
    return 1 if found else 0


def _app_parser() -> _Parser:
    parser = _Parser(
        prog="dl-tutor",
        usage="dl-tutor [--ascii] [--light] [LESSON | LESSON/STEP | list | show | lint]",
        description="A deep-learning course in the terminal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("where", nargs="?", metavar="LESSON/STEP", help="what to open")
    parser.add_argument("--version", action="version", version=f"dl-tutor {__version__}")
    return _with_characters(parser)


def _command_parser(command: str) -> _Parser:
    abouts = {
        "list": "Names the lessons and their steps; of one lesson, also how its labs can be set.",
        "show": "Prints a step as plain text: its prose, and the figure of one moment.",
        "lint": "Says what is wrong with a lesson, each time with its file and line.",
    }
    parser = _Parser(prog=f"dl-tutor {command}", description=abouts[command], allow_abbrev=False)
    if command == "list":
        parser.add_argument("where", nargs="?", metavar="LESSON", help="a lesson, or LESSON/STEP")
    if command == "lint":
        parser.add_argument(
            "where", nargs="?", metavar="LESSON|FOLDER", help="all lessons when left out"
        )
    if command == "show":
        _add_show(parser)
    return _with_characters(parser)


def _add_show(parser: _Parser) -> None:
    parser.add_argument("where", metavar="LESSON/STEP")
    parser.add_argument(
        "--at",
        type=_whole,
        metavar="N",
        help="the Nth moment of the film, counted from 1 as on the screen's bar",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a control of the lab; may be repeated; dl-tutor list LESSON names them",
    )
    parser.add_argument(
        "--look",
        choices=("shades", "numbers"),
        default="shades",
        help="pictures as characters (shades, the default) or as numbers",
    )
    parser.add_argument("--width", type=_columns, metavar="N", help="columns to wrap to")
    parser.add_argument(
        "--why",
        action="append",
        default=[],
        metavar="NAME[i,j,..]",
        help="explain a number of the figure, such as 'y[0,2,3]'; may be repeated",
    )


def _with_characters(parser: _Parser) -> _Parser:
    parser.add_argument("--ascii", action="store_true", help="no characters beyond ASCII")
    parser.add_argument("--light", action="store_true", help="for dark ink on a light page")
    return parser


def _whole(text: str) -> int:
    if not (text.removeprefix("-").isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"takes a whole number, not {text!r}")
    return int(text)


def _columns(text: str) -> int:
    low, high = WIDTHS
    if not (text.isdecimal() and len(text) <= 9 and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"takes a whole number from {low} to {high}, not {text!r}")
    return int(text)


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
    text = " ".join(clean(f"dl-tutor: {message}").split("\n"))
    print(text if _unicode(sys.stderr) else to_ascii(text), file=sys.stderr)
    return 2


def _unicode(stream: TextIO | None) -> bool:
    """Whether a stream takes every character."""
    return (getattr(stream, "encoding", None) or "").lower().startswith("utf")


def _drop_output() -> None:
    """Have what is still to be written go nowhere, or Python complains about it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
