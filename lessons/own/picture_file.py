"""Pictures of the learner's own: any file becomes grey levels from 0 to 1."""

from __future__ import annotations

from functools import lru_cache

from engine.shapes import Array
from lessons.kit.control import File
from lessons.own.array_file import csv_picture, npy_picture
from lessons.own.file import FileError, Stamp, read_whole, shown, stamp
from lessons.own.kind import NPY, kind_of
from lessons.own.raster import FORMATS, grey_picture

IMAGE = "image"
"""What the control for an own picture is called, in every lab that has one."""
OWN = "own"
"""The option that stands for it among the names of pictures."""
WANTED = "a picture"
LONGEST = 256
"""Rows or columns that are kept when nothing smaller is asked for."""
MOST_BYTES = 100_000_000


def image_control(
    *, key: str = "o", sets: tuple[tuple[str, str], ...] = (), resets: tuple[str, ...] = ()
) -> File:
    """The control that takes the path of the learner's own picture.

    sets: what a path sets beside it, such as (("picture", OWN),). resets: what it undoes.
    """
    return File(
        name=IMAGE,
        label="own",
        key=key,
        sets=sets,
        resets=resets,
        what="a picture (PNG, JPEG, GIF, BMP, PGM, NPY or CSV)",
    )


def load_picture(path: str, longest: int = LONGEST) -> Array:
    """The picture in a file, averaged down to `longest`; (1,H,W) float64, 0 black, 1 white.

    PNG, JPEG, BMP, PGM and PPM, the first picture of a GIF, NPY and CSV, told apart by what is
    in them. Colours become brightness, transparency white paper, and a camera's note on how it
    was held is followed. Errors: FileError with a sentence that names the file.
    """
    name = shown(path)
    data = read_whole(path, MOST_BYTES, WANTED)
    kind = kind_of(data)
    if kind in FORMATS:
        return grey_picture(data, kind, name, longest)
    if kind == NPY:
        return npy_picture(data, name, longest)
    if kind:
        raise FileError(f"{name}: this is {kind}, which is not read here. Save it as PNG.")
    if b"\0" in data:
        raise FileError(f"{name}: this is no picture that is known here. Save it as PNG.")
    return csv_picture(data, name, longest)


def own_picture(path: str, longest: int = LONGEST) -> Array:
    """`load_picture`, kept as long as nobody writes to the file; not to be written to."""
    return picture_of(picture_stamp(path), longest)


def picture_stamp(path: str) -> Stamp:
    """The picture's file as it is now: what a cache of something made of it goes by.

    Errors: FileError, also when there is no path yet.
    """
    if not path:
        raise FileError("There is no picture of your own yet. Name its file first.")
    return stamp(path, WANTED)


@lru_cache(maxsize=8)
def picture_of(which: Stamp, longest: int = LONGEST) -> Array:
    """The picture of a stamp: `load_picture`, remembered."""
    picture = load_picture(which.path, longest)
    picture.setflags(write=False)
    return picture
