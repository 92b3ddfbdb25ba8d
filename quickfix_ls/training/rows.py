"""The rows of an evaluation file, one JSON object a line, and what the pipeline made of each."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quickfix_ls.errors import UsageError
from quickfix_ls.training.execution import ProgramTests
from quickfix_ls.values import ProblemKind

SUPPORTED: tuple[ProblemKind, ...] = ("syntax", "name")


@dataclass(frozen=True, slots=True)
class Row:
    """A broken text, what an editor would know of its error, and the human's `fixed` text.

    `line` is 1-based; `edit_tokens` is how many tokens the human changed; rows of one `group` stay on one
    side of any split. `tests`, where there are any, say whether a program does what it should; `kind` may then be one
    that we find no problems of. `error_type` is the exception's name.
    """

    id: str
    kind: str
    broken: str
    fixed: str
    error: str
    line: int
    edit_tokens: int
    group: str = ""
    tests: ProgramTests | None = None
    error_type: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text without a fix, run for robustness; `known_broken` says that the file states an error for it."""

    id: str
    text: str
    known_broken: bool


@dataclass(frozen=True, slots=True)
class RowFile:
    """What one file holds: `rows` of the kinds of problems that we find, those of other kinds that their `tested`
    programs judge, and `texts`; `unsupported` counts the rows that we can't judge yet, by kind or language."""

    name: str
    sha256: str
    rows: tuple[Row, ...]
    texts: tuple[TextRow, ...]
    unsupported: Counter[str]
    tested: tuple[Row, ...] = ()

    @property
    def all(self) -> tuple[Row | TextRow, ...]:
        return *self.rows, *self.tested, *self.texts

    @property
    def fixable(self) -> RowFile:
        """The rows alone that a fix can be learned from."""
        return replace(self, texts=(), tested=())


@dataclass(frozen=True, slots=True)
class Prediction:
    """One offer as a predictions file has it: `fixed` is the whole text, `score` its probability, `source` who made
    it, `sources` all who proposed it."""

    fixed: str
    score: float
    source: str
    checks: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What became of a row's program under its first offer: whether the recorded error is gone, and whether all tests
    pass (None where not even the human's text passes them, since that mends no more than this one error)."""

    error_gone: bool
    tests_pass: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the pipeline made of one row.

    `problems` are the kinds of what was found; `rank` is the 0-based place of the first offer that equals
    the human's fix, None where no offer does; `ms` is the time of analysis, problem and offers in
    milliseconds; `crash` names what was raised; `behaviour` is None for a row without tests.
    """

    row: Row | TextRow
    ms: float
    problems: tuple[ProblemKind, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    preferred: bool = False
    well_formed: bool = False
    rank: int | None = None
    crash: str = ""
    behaviour: Behaviour | None = None


def read_source(path: Path, limit: int | None = None) -> RowFile:
    """Read a JSON Lines file, at most `limit` rows of each sort.

    Raises UsageError, with file and line, where it is missing, is not JSON Lines, or a row lacks a key.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    rows: list[Row] = []
    tested: list[Row] = []
    texts: list[TextRow] = []
    unsupported: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = _row(json.loads(line))
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}:{number}: not JSON ({error.msg}); expected one JSON object a line") from error
        except _BadRow as error:
            raise UsageError(f"{path}:{number}: {error}") from error
        if isinstance(found, Row):
            (rows if found.kind in SUPPORTED else tested).append(found)
        elif isinstance(found, TextRow):
            texts.append(found)
        else:
            unsupported[found] += 1
    digest = hashlib.sha256(data).hexdigest()
    return RowFile(path.name, digest, tuple(rows[:limit]), tuple(texts[:limit]), unsupported, tuple(tested[:limit]))


class _BadRow(Exception):
    """What is wrong with a row, in words."""


def _row(value: Any) -> Row | TextRow | str:
    """The row, or the name of what is not supported."""
    if not isinstance(value, dict):
        raise _BadRow("not a JSON object")
    if _get(value, "lang", str) != "python":
        return str(value["lang"])
    if "fixed" not in value:
        return TextRow(_get(value, "id", str), _get(value, "text", str), value.get("error") is not None)
    kind = _get(value, "kind", str)
    tests = _tests(value)
    if kind not in SUPPORTED and tests is None:
        return str(kind)
    return Row(
        id=_get(value, "id", str),
        kind=kind,
        broken=_get(value, "broken", str),
        fixed=_get(value, "fixed", str),
        error=_get(value, "error", str),
        line=_get(value, "line", int),
        edit_tokens=_get(value, "edit_tokens", int),
        group=str(value.get("group", value["id"])),
        tests=tests,
        error_type=str(value.get("error_type", "")),
    )


def _tests(value: dict[str, Any]) -> ProgramTests | None:
    if not value.get("tests"):
        return None
    calls = _get(value, "tests", list)
    if not all(isinstance(one, dict) and one.keys() >= {"expect"} and one.keys() & {"args", "call"} for one in calls):
        raise _BadRow("the key 'tests' holds something else than objects with `expect`, and `args` or `call`")
    return ProgramTests(json.dumps(calls), str(value.get("entry") or ""), str(value.get("setup") or ""))


def _get(value: dict[str, Any], key: str, expected: type) -> Any:
    if key not in value:
        raise _BadRow(f"the key {key!r} is missing")
    if not isinstance(value[key], expected):
        raise _BadRow(f"the key {key!r} is not of type {expected.__name__}")
    return value[key]
