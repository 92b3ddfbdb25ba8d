"""The rows of an evaluation file, a JSON object per line, and the pipeline's outcome for each."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from quickfix_ls import languages
from quickfix_ls.errors import UsageError
from quickfix_ls.problems.kinds import NAME, QUERY, SYNTAX
from quickfix_ls.training.cases import Case, case_of
from quickfix_ls.training.execution import ProgramTests
from quickfix_ls.training.subjects import Subject, is_subject, subject
from quickfix_ls.values import ProblemKind

SUPPORTED: tuple[ProblemKind, ...] = (SYNTAX, NAME, QUERY)


@dataclass(frozen=True, slots=True)
class Row:
    """A broken text, the error as an editor would report it, and the human's `fixed` text.

    `line` counts from 1; `error_type` is the exception's name; `edit_tokens` is the number of tokens that the human
    changed; rows of the same `group` are never divided by a split. `tests`, if there are any, judge the program; `kind`
    may then be one for which we find no problems. `fix_how` is what the person did about an undefined name
    (`add-import`, `rename`, `define`, ...; empty if unknown), `plain` is false if the person changed other things too.
    `lang` is the language's name, and `environment` what the text depends on (None: the default), see
    `subjects.Subject`.
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
    fix_how: str = ""
    plain: bool = True
    lang: str = "python"
    environment: object | None = None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text without a fix, for testing robustness; `known_broken` is true if the file states an error for it. `lang`
    and `environment` are those of `Row`."""

    id: str
    text: str
    known_broken: bool
    lang: str = "python"
    environment: object | None = None


T = TypeVar("T", Row, TextRow)


@dataclass(frozen=True, slots=True)
class RowFile:
    """The content of a file: `rows` of the kinds of problems that we find, `tested` rows of other kinds that are judged
    by their tests, `texts`, and `cases`; `unsupported` counts the other rows, by kind or language; `path` is the file.
    """

    name: str
    sha256: str
    rows: tuple[Row, ...]
    texts: tuple[TextRow, ...]
    unsupported: Counter[str]
    tested: tuple[Row, ...] = ()
    cases: tuple[Case, ...] = ()
    path: Path | None = None

    @property
    def all(self) -> tuple[Row | TextRow, ...]:
        return *self.rows, *self.tested, *self.texts

    def of_language(self, lang: str) -> RowFile:
        """Return only the rows of a language; cases are Python's."""

        def theirs(rows: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(row for row in rows if row.lang == lang)

        cases = self.cases if lang == languages.EXPECTED else ()
        return replace(self, rows=theirs(self.rows), texts=theirs(self.texts), tested=theirs(self.tested), cases=cases)

    @property
    def fixable(self) -> RowFile:
        """Return only the rows from which a fix can be learned."""
        return replace(self, texts=(), tested=(), cases=())


@dataclass(frozen=True, slots=True)
class Prediction:
    """An offer in a predictions file: `fixed` is the whole text, `score` its probability, `source` its first proposer,
    `sources` all its proposers."""

    fixed: str
    score: float
    source: str
    checks: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The result of running a row's program after its first offer: whether the recorded error is gone, and whether all
    tests pass (None if the human's text fails them too, since it repairs only this error)."""

    error_gone: bool
    tests_pass: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The pipeline's outcome for a row.

    `problems` are the kinds of the problems found; `rank` is the 0-based index of the first offer that equals the
    human's fix, None if there is none; `ms` is the time of analysis, problem and offers in milliseconds; `crash` is the
    exception raised, if any; `behaviour` is None for a row without tests. `leads`: the first offer is the human's fix,
    or the part of it that mends the error asked about and leaves others alone. `verdicts` are the language's own
    judgements of the first offer, by their names, see `subjects.Subject`.
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
    leads: bool = False
    verdicts: Mapping[str, bool] = field(default_factory=dict)


def read_source(path: Path, limit: int | None = None, schemas: Path | None = None) -> RowFile:
    """Read a JSON Lines file, at most `limit` rows of each sort. `schemas` is the file with the database schemas that
    its rows name, None for the one that belongs to the data.

    Raises UsageError, with file and line, if it is missing, is not JSON Lines, or a row lacks a key.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    rows: list[Row] = []
    tested: list[Row] = []
    texts: list[TextRow] = []
    cases: list[Case] = []
    unsupported: Counter[str] = Counter()
    reader = _Reader(path, schemas)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = reader.row(json.loads(line))
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}:{number}: not JSON ({error.msg}); expected one JSON object a line") from error
        except _BadRow as error:
            raise UsageError(f"{path}:{number}: {error}") from error
        if isinstance(found, Row):
            (rows if found.kind in SUPPORTED else tested).append(found)
        elif isinstance(found, TextRow):
            texts.append(found)
        elif isinstance(found, Case):
            cases.append(found)
        else:
            unsupported[found] += 1
    digest = hashlib.sha256(data).hexdigest()
    limited = (tuple(rows[:limit]), tuple(texts[:limit]), unsupported, tuple(tested[:limit]), tuple(cases[:limit]))
    return RowFile(path.name, digest, *limited, path)


class _BadRow(Exception):
    """A row is invalid; the message says why."""


class _Reader:
    """Reads the rows of a file; what a language needs besides is read once, at its first row."""

    def __init__(self, path: Path, schemas: Path | None) -> None:
        self._path, self._schemas = path, schemas
        self._environments: dict[str, Callable[[Mapping[str, Any]], object | None]] = {}

    def row(self, value: Any) -> Row | TextRow | Case | str:
        """Parse a row; return the name of its kind or language if that is not supported."""
        if not isinstance(value, dict):
            raise _BadRow("not a JSON object")
        lang = _get(value, "lang", str)
        if not is_subject(lang):
            return str(lang)
        if "right" in value:
            return _case(value)
        if "fixed" not in value:
            broken = value.get("error") is not None
            return TextRow(
                _get(value, "id", str), _get(value, "text", str), broken, lang, self._environment(lang, value)
            )
        return self._broken(subject(lang), value)

    def _broken(self, of: Subject, value: dict[str, Any]) -> Row | str:
        _get(value, "kind", str)
        kind, tests = of.kind(value), _tests(value)
        if kind not in SUPPORTED and tests is None:
            return kind
        for key, expected in (("fixed", str), ("edit_tokens", int)):
            _get(value, key, expected)
        fixed, edit_tokens, plain = of.target(value)
        return Row(
            id=_get(value, "id", str),
            kind=kind,
            broken=_get(value, "broken", str),
            fixed=fixed,
            error=_get(value, "error", str),
            line=_get(value, "line", int),
            edit_tokens=edit_tokens,
            group=str(value.get("group", value["id"])),
            tests=tests,
            error_type=str(value.get("error_type", "")),
            fix_how=str(value.get("fix_how", "")),
            plain=plain,
            lang=of.name,
            environment=self._environment(of.name, value),
        )

    def _environment(self, lang: str, value: Mapping[str, Any]) -> object | None:
        if lang not in self._environments:
            self._environments[lang] = subject(lang).environments(self._path, self._schemas)
        return self._environments[lang](value)


def _case(value: dict[str, Any]) -> Case:
    try:
        return case_of(value)
    except (KeyError, TypeError, ValueError) as error:
        raise _BadRow(f"not a case: {error}") from error


def _tests(value: dict[str, Any]) -> ProgramTests | None:
    if not value.get("tests"):
        return None
    calls = _get(value, "tests", list)
    if not all(
        isinstance(call, dict) and call.keys() >= {"expect"} and call.keys() & {"args", "call"} for call in calls
    ):
        raise _BadRow("the key 'tests' holds something else than objects with `expect`, and `args` or `call`")
    return ProgramTests(json.dumps(calls), str(value.get("entry") or ""), str(value.get("setup") or ""))


def _get(value: dict[str, Any], key: str, expected: type) -> Any:
    if key not in value:
        raise _BadRow(f"the key {key!r} is missing")
    if not isinstance(value[key], expected):
        raise _BadRow(f"the key {key!r} is not of type {expected.__name__}")
    return value[key]
