"""The problems that `--check` found, in text and in the formats of other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from quickfix_ls import __version__
from quickfix_ls.commands.disk import STDIN, FileOnDisk
from quickfix_ls.commands.output import VERSION, as_line, problem_as_json
from quickfix_ls.commands.places import place_of, range_in_file
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Problem

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "IndentationError": "The indentation can't be parsed",
    "NameError": "A name that nothing defines",
    "SyntaxError": "Text that is no Python",
    "TabError": "Tabs and spaces are mixed",
}


class CheckedFile(NamedTuple):
    """A file with its problems."""

    source: FileOnDisk
    snapshot: Snapshot
    problems: tuple[Problem, ...]


ReportFormat = Callable[[Iterable[CheckedFile], Sequence[str]], Iterable[str]]
"""Returns the strings to print for checked files. The second argument are messages about files that could not be read,
complete once the first is exhausted."""


def as_text(checked: Iterable[CheckedFile], failed: Sequence[str]) -> Iterator[str]:
    """Return a line for each problem, in the form of compilers' messages."""
    return (as_line(source, snapshot, problem) for source, snapshot, problems in checked for problem in problems)


def as_github(checked: Iterable[CheckedFile], failed: Sequence[str]) -> Iterator[str]:
    """Return a workflow command for each problem, which GitHub shows beside the line.

    https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#setting-an-error-message
    """
    return (_annotation(source, snapshot, problem) for source, snapshot, problems in checked for problem in problems)


def as_json(checked: Iterable[CheckedFile], failed: Sequence[str]) -> Iterator[str]:
    """Yield the JSON that docs/json.md describes, without offers."""
    files = [
        {
            "path": source.path,
            "encoding": source.encoding,
            "problems": [problem_as_json(source, snapshot, problem) for problem in problems],
        }
        for source, snapshot, problems in checked
    ]
    yield json.dumps({"version": VERSION, "files": files, "failed": list(failed)}, indent=2)


def as_sarif(checked: Iterable[CheckedFile], failed: Sequence[str]) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log of one run: https://docs.oasis-open.org/sarif/sarif/v2.1.0/"""
    checked = list(checked)
    used = sorted({problem.code for _, _, problems in checked for problem in problems})
    rules = [{"id": name, "shortDescription": {"text": _RULES.get(name, name)}} for name in used]
    notes = [{"level": "error", "message": {"text": text}} for text in failed]
    run = {
        "tool": {"driver": {"name": "quickfix-ls", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notes}],
        "results": [
            _result(source, snapshot, problem, used.index(problem.code))
            for source, snapshot, problems in checked
            for problem in problems
        ],
    }
    yield json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


FORMATS: dict[str, ReportFormat] = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}

STREAMED = frozenset({"text", "github"})
"""The formats whose report is that of each file in turn."""


def _annotation(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> str:
    place = range_in_file(source, snapshot, problem.span)
    properties = {
        "file": PurePath(source.name).as_posix(),
        "line": place["line"],
        "col": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::error {listed}::{_escaped(_message(source, snapshot, problem))}"


def _message(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> str:
    """Return a problem's message; in a notebook with its cell, since the line is that of the file's JSON."""
    place = place_of(source, snapshot, problem.span.start)
    return f"{place}: {problem.message}" if place.label else problem.message


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + more else char for char in text)


def _result(source: FileOnDisk, snapshot: Snapshot, problem: Problem, rule: int) -> dict[str, Any]:
    place = range_in_file(source, snapshot, problem.span)
    region = {
        "startLine": place["line"],
        "startColumn": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
    }
    location = {"artifactLocation": {"uri": _uri(source)}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": _message(source, snapshot, problem)},
        "locations": [{"physicalLocation": location}],
    }


def _uri(source: FileOnDisk) -> str:
    """Return the URI of a file; a relative reference for a relative path, as SARIF's readers expect in a repository."""
    if source.path == STDIN:
        return "stdin"
    path = PurePath(source.path)
    return path.as_uri() if path.is_absolute() else quote(PurePath(os.path.normpath(path)).as_posix())
