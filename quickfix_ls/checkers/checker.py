"""The description of a checker: the table that interprets its diagnostics, and the command that runs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quickfix_ls.documents.positions import Encoding
from quickfix_ls.values import ProblemKind

NOWHERE = os.devnull
"""The path to pass for a configuration file or a cache that must not be used."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The interpretation of a diagnostic.

    `code` is the error that the code would raise, `name` the identifier at fault (empty for a syntax error), and
    `hints` are the names that the tool suggests instead. For a `kind` that only a checker can prove to be gone, the
    hint is the expected type.
    """

    code: str
    name: str
    hints: tuple[str, ...] = ()
    kind: ProblemKind = "name"


@dataclass(frozen=True, slots=True)
class DiagnosticRow:
    """A row of a checker's table.

    It applies to diagnostics with one of `codes` (`""`: without a code) whose message matches the regular expression
    `message` at its start; `code` is the error that they report. The expression's group `name` is the identifier at
    fault, and `hint` its replacement. `hinted` rows take their hint from that group only; for others, hints are the
    names that the message suggests.
    """

    code: str
    codes: frozenset[str]
    message: str
    kind: ProblemKind
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class ToolDiagnostic:
    """A diagnostic as a tool printed it; lines and columns count from 0, columns are in the tool's own encoding."""

    message: str
    code: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Checker:
    """A tool that checks files.

    `sources` are the names that editors show beside its diagnostics, in lower case. `command` is its executable with
    its arguments, in which `{major}` and `{minor}` stand for the Python version; the path of the file is appended. The
    arguments disable all configuration files, since a project's may hold code to run. `read` parses the tool's output
    and yields errors without warnings, with columns in `encoding`; it raises ValueError or LookupError if the output is
    not a report. `server` is the command of the tool's language server, if that is faster because it can be kept
    running; its columns are in `encoding`, too.
    """

    name: str
    sources: frozenset[str]
    rows: tuple[DiagnosticRow, ...]
    command: tuple[str, ...]
    read: Callable[[str], Iterator[ToolDiagnostic]]
    encoding: Encoding = "utf-32"
    server: tuple[str, ...] = ()


def tool_diagnostic_at(lsp_range: Mapping[str, Any], message: str, code: str) -> ToolDiagnostic:
    """Return a diagnostic with an LSP range. Raises LookupError or TypeError if the range is malformed."""
    start, end = lsp_range["start"], lsp_range["end"]
    return ToolDiagnostic(
        message.replace("\N{NO-BREAK SPACE}", " "),
        code,
        (start["line"], start["character"]),
        (end["line"], end["character"]),
    )
