"""What the command `dl-tutor` and each of its commands take as arguments."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from typing import NoReturn

from tutor import __version__

ABOUTS = {
    "list": "Names the lessons and their steps; of one lesson, also what there is to do in each.",
    "show": "Prints a step as plain text: its prose, then the figure of one moment of its lab, "
    "its questions, or its exercise.",
    "check": "Checks your code for an exercise against the engine, and prints the verdict. "
    "Its first line names the exercise, as in the starter.",
    "review": "Opens the course at the questions that are due for review.",
    "progress": "Shows what was done, what is due, and what of the logs could not be read.",
    "reset": "Starts the course, or a lesson, afresh; what was done stays in the logs.",
    "export": "Writes all that is remembered as JSON lines.",
    "record": "Writes a lab to a file, as the application draws it: a recording of its film "
    "(.cast), or one moment as a picture (.svg) or as text (.txt).",
    "serve": "Shows the course in a browser. Whoever can open its address uses the course as you.",
    "lint": "Says what is wrong with a lesson, each time with its file and line.",
    "doctor": "Says what this terminal and computer can do, what dl-tutor therefore does, and what "
    "to change. The exit code is 0 when nothing has to be changed, and 1 otherwise.",
}
"""The commands, and a sentence about each. Any other first word is a lesson to open."""

COMMANDS = tuple(ABOUTS)
REMEMBERED = ("progress", "reset", "export")
"""The commands about what is remembered."""

WIDTHS = (20, 500)
"""Columns that plain text may be wrapped to."""

EPILOG = """\
dl-tutor                       the map of the course
dl-tutor cnn                   the first step of a lesson
dl-tutor cnn/slide             a step
dl-tutor --plain [LESSON/STEP] the course as lines of text, read and answered
dl-tutor review                the questions that are due
dl-tutor list [LESSON]         lessons and steps; of one lesson, what there is to do
dl-tutor show LESSON/STEP      a step as plain text, for a pipe or a screen reader
dl-tutor check FILE            the verdict on your code for an exercise
dl-tutor progress [--json]     what you have done, and what is due
dl-tutor reset [LESSON]        start afresh
dl-tutor export [FILE]         all that is remembered, as JSON lines
dl-tutor record LESSON/STEP -o FILE  a lab as .cast, .svg or .txt
dl-tutor serve                 the course in a browser on this computer
dl-tutor lint [LESSON|FOLDER]  what is wrong with a lesson
dl-tutor doctor                what this terminal can do, and what to change

dl-tutor COMMAND --help says more. In the application, ? shows the keys that work.
"""

SHOW_EPILOG = """\
An exercise, in an editor of your own:
  dl-tutor show cnn/write-conv2d --starter > conv2d.py
  dl-tutor check conv2d.py
"""

RECORD_EPILOG = """\
dl-tutor record cnn/slide -o slide.cast --at 120 --to 180 --speed 10
dl-tutor record cnn/slide -o slide.svg --at 160 --set kernel=blur --size 120x36
"""

STATE_DIR = "--state-dir"
IMAGE = "--image"
CONFIG = "--config"
VALUED = (STATE_DIR, IMAGE, CONFIG)
"""Options that take a value and may stand before a command."""


class UsageError(Exception):
    """Something that cannot be done as it was asked for; the message is a sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; {self.prog} --help shows how it is used")


def read(arguments: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """The command, empty for the application, and what is given to it. Errors: UsageError.

    --help and --version print, and raise SystemExit.
    """
    place = _first_word(arguments)
    if place is None or arguments[place] not in COMMANDS:
        return "", _app_parser().parse_args(arguments)
    command = arguments[place]
    rest = [*arguments[:place], *arguments[place + 1 :]]
    return command, _command_parser(command).parse_args(rest)


def _first_word(arguments: Sequence[str]) -> int | None:
    """Where the first argument stands that is neither an option nor the value of one."""
    for place, word in enumerate(arguments):
        if not word.startswith("-") and (place == 0 or arguments[place - 1] not in VALUED):
            return place
    return None


def _app_parser() -> _Parser:
    parser = _Parser(
        prog="dl-tutor",
        usage="dl-tutor [--plain] [--ascii] [--light] [--image FILE] [--state-dir DIRECTORY]\n"
        "                [--config FILE] [LESSON | LESSON/STEP | COMMAND]",
        description="A deep-learning course in the terminal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("where", nargs="?", metavar="LESSON/STEP", help="what to open")
    parser.add_argument("--version", action="version", version=f"dl-tutor {__version__}")
    _add_plain(parser)
    _add_image(parser, "every lab that shows pictures")
    _add_state_dir(parser)
    return _with_characters(parser)


def _command_parser(command: str) -> _Parser:
    parser = _Parser(
        prog=f"dl-tutor {command}",
        description=textwrap.fill(ABOUTS[command], 78),
        epilog={"show": SHOW_EPILOG, "record": RECORD_EPILOG}.get(command),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if command == "list":
        parser.add_argument("where", nargs="?", metavar="LESSON", help="a lesson, or LESSON/STEP")
    elif command == "lint":
        parser.add_argument(
            "where", nargs="?", metavar="LESSON|FOLDER", help="all lessons when left out"
        )
    elif command == "check":
        parser.add_argument("file", metavar="FILE", help="a Python file with your code")
    elif command == "doctor":
        _add_state_dir(parser)
    elif command == "review":
        _add_plain(parser)
        _add_state_dir(parser)
    elif command == "show":
        _add_show(parser)
    elif command == "record":
        _add_record(parser)
    elif command == "serve":
        _add_serve(parser)
    else:
        from tutor.progress.commands import add_arguments

        add_arguments(parser, command)
    return _with_characters(parser)


def _add_state_dir(parser: _Parser) -> None:
    parser.add_argument(STATE_DIR, metavar="DIRECTORY", help="where what you do is kept")


def _add_plain(parser: _Parser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="lines of text, for a screen reader or a pipe"
    )


def _add_image(parser: argparse._ActionsContainer, labs: str) -> None:
    parser.add_argument(IMAGE, metavar="FILE", help=f"a picture of your own, for {labs}")


def _add_show(parser: _Parser) -> None:
    parser.add_argument("where", metavar="LESSON/STEP")
    lab = parser.add_argument_group("of a lab")
    lab.add_argument(
        "--at",
        type=_whole,
        metavar="N",
        help="the Nth moment of the film, counted from 1 as on the screen's bar",
    )
    lab.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a control of the lab; may be repeated; dl-tutor list LESSON names them",
    )
    _add_image(lab, "a lab that shows pictures")
    lab.add_argument(
        "--look",
        choices=("shades", "numbers"),
        default="shades",
        help="pictures as characters (shades, the default) or as numbers",
    )
    lab.add_argument(
        "--why",
        action="append",
        default=[],
        metavar="NAME[i,j,..]",
        help="explain a number of the figure, such as 'y[0,2,3]'; may be repeated",
    )
    lab.add_argument("--uncover", action="store_true", help="show what a bet covers")
    others = parser.add_argument_group("of questions, and of an exercise")
    others.add_argument(
        "--seed", type=_seed, metavar="N", help="questions with other numbers; 0 when left out"
    )
    others.add_argument(
        "--starter", action="store_true", help="print the starter alone, for a file of your own"
    )
    parser.add_argument("--width", type=_columns, metavar="N", help="columns to wrap to")


def _add_record(parser: _Parser) -> None:
    parser.add_argument("where", metavar="LESSON/STEP")
    parser.add_argument(
        "-o", dest="file", required=True, metavar="FILE", help="ends in .cast, .svg or .txt"
    )
    parser.add_argument("--at", type=_whole, metavar="N", help="the moment, or the first one")
    parser.add_argument("--to", type=_whole, metavar="N", help="the last moment of a recording")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="set a control of the lab"
    )
    _add_image(parser, "a lab that shows pictures")
    parser.add_argument("--size", type=_size, default=(100, 30), metavar="COLSxROWS")
    parser.add_argument("--speed", type=_whole, metavar="N", help="moments a second")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _add_serve(parser: _Parser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on; 127.0.0.1 when left out"
    )
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="8000 when left out")
    _add_state_dir(parser)


def _with_characters(parser: _Parser) -> _Parser:
    parser.add_argument("--ascii", action="store_true", help="no characters beyond ASCII")
    parser.add_argument("--light", action="store_true", help="for dark ink on a light page")
    parser.add_argument(CONFIG, metavar="FILE", help="the file with your settings")
    return parser


def _whole(text: str) -> int:
    if not (text.removeprefix("-").isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"takes a whole number, not {text!r}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"takes a whole number from 0 on, not {text!r}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    columns, _, rows = text.lower().partition("x")
    if not all(part.isdecimal() and len(part) <= 4 for part in (columns, rows)):
        raise argparse.ArgumentTypeError(f"takes COLSxROWS, such as 80x24, not {text!r}")
    return int(columns), int(rows)


def _port(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"takes a number from 1 to 65535, not {text!r}")
    return int(text)


def _columns(text: str) -> int:
    low, high = WIDTHS
    if not (text.isdecimal() and len(text) <= 9 and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"takes a whole number from {low} to {high}, not {text!r}")
    return int(text)
