"""What a checker is to us: the table of what its diagnostics mean, and the command that runs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quickfix_ls.documents.positions import Encoding
from quickfix_ls.values import ProblemKind

NOWHERE = os.devnull
"""Stands for a configuration file or a cache where there shall be none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a diagnostic says in our terms: the error `code` that it foretells, the name at fault (empty for a syntax
    error) and the names that the tool proposes in its place. Of a `kind` that only a checker can prove to be gone
    the hint is the type that is expected."""

    code: str
    name: str
    hints: tuple[str, ...] = ()
    kind: ProblemKind = "name"


@dataclass(frozen=True, slots=True)
class DiagnosticRow:
    """One line of a checker's table: diagnostics with one of these codes (`""`: without any) whose message begins as
    the regular expression says foretell this exception. The group `name` is the name at fault, `hint` what belongs in
    its place; `hinted` rows take their hint from that group alone, others from the message's words too."""

    code: str
    codes: frozenset[str]
    message: str
    kind: ProblemKind
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class ToolDiagnostic:
    """A diagnostic as a tool printed it: lines and columns count from 0, columns in the tool's own units."""

    message: str
    code: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Checker:
    """A tool. `sources` are the names that editors show beside its diagnostics, in lower case.

    `command` is its executable with its arguments, in which `{major}` and `{minor}` stand for the Python version; the
    path of the file comes behind. It reads no configuration of anybody's, since a project's may hold code to run.
    `read` finds the errors, warnings left out, in what it prints, whose columns are in `encoding`; ValueError (or
    LookupError) where that is no report. `server` is the command of its language server where that is quicker, since it
    can be kept running; its columns are in `encoding` too.
    """

    name: str
    sources: frozenset[str]
    rows: tuple[DiagnosticRow, ...]
    command: tuple[str, ...]
    read: Callable[[str], Iterator[ToolDiagnostic]]
    encoding: Encoding = "utf-32"
    server: tuple[str, ...] = ()


def finding_at(where: Mapping[str, Any], message: str, code: str) -> ToolDiagnostic:
    """A finding whose range is told as language servers tell it. Raises LookupError or TypeError for no range."""
    start, end = where["start"], where["end"]
    return ToolDiagnostic(
        message.replace("\N{NO-BREAK SPACE}", " "),
        code,
        (start["line"], start["character"]),
        (end["line"], end["character"]),
    )
