"""Running a real checker on a text, for the tests of all of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from quickfix_ls.checkers import all_checkers
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.checkers.running import find, run
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checkers import read
from quickfix_ls.values import Reported, Span
from tests.kit_python import PYTHON

SECONDS = 120.0
TARGET = sys.version_info[:2]


def needs(name: str) -> pytest.MarkDecorator:
    """Skip where a tool is neither on PATH nor beside the Python that runs the tests."""
    with tools_on_path():
        is_there = find(all_checkers(PYTHON.checkers)[name].command[0]) is not None
    return pytest.mark.skipif(not is_there, reason=f"{name} is not installed")


@contextmanager
def tools_on_path() -> Iterator[None]:
    """The tools beside the Python that runs the tests can be found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
        yield


async def readings(name: str, text: str) -> dict[str, Reading]:
    """What a real tool reports of a text and we can read, by the line that it stands on, stripped; of several
    diagnostics of a line the first."""
    snapshot = Snapshot.of(text)
    with tools_on_path():
        found = await run(all_checkers(PYTHON.checkers)[name], snapshot, TARGET, SECONDS)
    assert found is not None, f"{name} gave no report"
    by_line: dict[str, Reading] = {}
    for one in found:
        if reading := read(one):
            by_line.setdefault(snapshot.line_text(snapshot.line_at(one.span.start)).strip(), reading)
    return by_line


def reading_of(message: str, source: str = "", code: str = "") -> Reading | None:
    """What a client's diagnostic says."""
    return read(Reported(message, Span(0, 1), source, code))


BROKEN = """\
import math
import jsn
from collections import OrderdDict
from pathlib import Path


class Room:
    def __init__(self, width):
        self.width = width

    def area():
        return 3


def scale(value, factor):
    return value * factor


room = Room(2)
print(math.squrt(2))
print(room.widht)
print(scale(1, factr=2))
print(lenght)
print("a".uper())
print(Path("a").read_txt())
"""
"""Ten errors; the last is of a type that only tools that know types can tell."""

UNPARSABLE = "def f(x:\n    return x\n"
