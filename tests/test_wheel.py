"""The wheel: built, installed elsewhere and used from a folder that is not the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tutor import __version__


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built with what is installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--wheel", "--no-isolation", "--outdir", str(folder)]
    run([sys.executable, "-m", "build", *options, str(root)], folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of the wheel, in an environment of its own that shares our dependencies.

    They are reached through a .pth file: what such a file of theirs adds, an editable install of
    this very tree among it, is not followed.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    install = ["--no-index", "--no-deps", "--quiet", "--disable-pip-version-check", str(wheel)]
    run([sys.executable, "-m", "pip", "--python", str(python), "install", *install], folder)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "env" / "bin" / "dl-tutor"


def run(command: list[str], folder: Path) -> str:
    """The output of a command that must succeed, run in a folder without our PYTHONPATH."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**environment, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_archive_has_code_lessons_data_and_styles(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        str(path.relative_to(root))
        for floor in ("engine", "lessons", "tutor")
        for path in (root / floor).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped - names == set()
    for name in (
        "lessons/cnn/lesson.md",
        "lessons/data/coffee.npy",
        "lessons/data/digits.npz",
        "lessons/data/SOURCES.md",
        "tutor/styles/tutor.tcss",
    ):
        assert name in names
    others = {name.partition("/")[0] for name in names} - {"engine", "lessons", "tutor"}
    assert others == {f"dl_tutor-{__version__}.dist-info"}
    assert f"dl_tutor-{__version__}.dist-info/licenses/LICENSE" in names


def test_the_installed_command_works_elsewhere(installed: Path, tmp_path: Path) -> None:
    command = str(installed)
    assert run([command, "--version"], tmp_path) == f"dl-tutor {__version__}\n"
    assert "cnn/slide" in run([command, "list"], tmp_path)
    shown = run([command, "show", "cnn/slide", "--at", "12", "--set", "stride=2"], tmp_path)
    assert "Moment 12 of 169, with " in shown
    assert "y[0,0,11] = " in shown
    assert run([command, "lint"], tmp_path).startswith("cnn: ")


def test_the_installed_command_runs_its_own_code(installed: Path, tmp_path: Path) -> None:
    python = str(installed.parent / "python")
    code = "import engine, lessons, tutor; print(engine.__file__, lessons.__file__, tutor.__file__)"
    paths = run([python, "-c", code], tmp_path).split()
    assert len(paths) == 3
    assert all(Path(path).is_relative_to(installed.parents[1]) for path in paths)
