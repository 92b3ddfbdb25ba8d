"""The programs with a run-time error each, and what was recorded when they were run."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quickfix_ls.runs.record import Frame, RunError, error_from_json

DATA = Path(__file__).parents[2] / "tests/data/run_errors"
PROGRAMS, RECORDED = DATA / "programs.txt", DATA / "recorded.jsonl"
MAIN = "main.py"

_BOOTSTRAP = Path(__file__).parents[2] / "quickfix_ls/runs/bootstrap.py"
_SECONDS = 60


@dataclass(frozen=True)
class Program:
    """A program with one run-time error, and what a person would write instead.

    `files` are the texts of the files that it needs, by their paths in its folder.
    """

    name: str
    broken: str
    fixed: str
    files: Mapping[str, str]

    @property
    def held_out(self) -> bool:
        """Whether the program belongs to the half that is measured only once, at the end."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Recorded:
    """A program with the error that was recorded when it was run."""

    program: Program
    error: RunError


def programs() -> Iterator[Program]:
    """Yield the programs in `programs.txt`.

    A program begins with `=== NAME`. A line after `-|` is in the broken text only, a line after `+|` in the fixed text
    only. `@PATH` begins another file, `@main` the program after its files.
    """
    for part in PROGRAMS.read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, text = part.partition("\n")
        files: dict[str, str] = {}
        current = "main"
        for line in text.splitlines(keepends=True):
            if line.startswith("@") and line[1:].strip() != "dataclass":
                current = line[1:].strip()
            else:
                files[current] = files.get(current, "") + line
        main = files.pop("main").splitlines(keepends=True)
        broken, fixed = (
            "".join(line.removeprefix(own) for line in main if not line.startswith(other))
            for own, other in (("-|", "+|"), ("+|", "-|"))
        )
        yield Program(name, broken, fixed, files)


def recorded() -> Iterator[Recorded]:
    """Yield the programs with their recorded errors."""
    with RECORDED.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            error = error_from_json(row["error"])
            if error is None:
                raise ValueError(f"{row['name']}: its error is of another version; record the errors again")
            yield Recorded(Program(row["name"], row["broken"], row["fixed"], row["files"]), error)


def run(python: str, program: Program, text: str) -> tuple[int, Mapping[str, Any] | None, str]:
    """Run a text of a program in a folder of its own; return the exit code, the error's record as JSON, and what it
    printed to standard error."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as outside:
        write(program, text, folder)
        record = os.path.join(outside, "error.json")
        ran = subprocess.run(
            [python, str(_BOOTSTRAP), record, MAIN],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if not os.path.exists(record):
            return ran.returncode, None, ran.stderr
        return ran.returncode, json.loads(Path(record).read_text(encoding="utf-8")), ran.stderr


def write(program: Program, text: str, folder: str) -> str:
    """Write a text of a program and its files to a folder; return the path of the text."""
    for path, content in {**program.files, MAIN: text}.items():
        place = Path(folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    return os.path.join(folder, MAIN)


def in_folder(error: RunError, folder: str) -> RunError:
    """Return an error with the paths of its own frames as they are in a folder."""
    return replace(error, frames=tuple(_frame_in(frame, folder) for frame in error.frames))


def _frame_in(frame: Frame, folder: str) -> Frame:
    return replace(frame, path=os.path.join(folder, MAIN)) if frame.path == MAIN else frame
