"""The definition of a language: a record of parts, each a function or a small record that a stage looks up by type."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from quickfix_ls.candidates.fixers import Fixers
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.checkers import Checkers
from quickfix_ls.context.database import NO_DATABASE, Database
from quickfix_ls.context.regions import Regions
from quickfix_ls.documents.files import Files
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import Seams
from quickfix_ls.index.syntax import FactsPart, Syntax
from quickfix_ls.languages.embedding import Embedding
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.plausibility.tokenizer import ModelTokenizer
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.prompts import Naming
from quickfix_ls.ranking.features import Measures
from quickfix_ls.settings import Settings
from quickfix_ls.validation import Checks
from quickfix_ls.validation.content import NO_CONTENT, Content
from quickfix_ls.values import Edit, Problem, Reported, Span

P = TypeVar("P")


class FilePlace(NamedTuple):
    """The location of a file and the settings that apply to it.

    - `path` is absolute, empty for a document that is not a file.
    - `roots` are the workspace folders; the file can import the modules of those that contain it.
    - `within` are the folders up to which configuration of its project is searched for.
    - `settings` are those of the file; `version` is their language version, empty where it is not set.
    - `patient`: slow work is done when its result is first needed, rather than ahead of time (see `Language.prepare`).
    - `notebook`: the document is the code of a notebook.
    - `head` are the first lines of its text (see `head_of`), which may say what it is for.
    """

    path: str = ""
    roots: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    version: str = ""
    patient: bool = True
    notebook: bool = False
    settings: Settings = Settings()
    head: str = ""


HEAD_LINES = 20
HEAD_LENGTH = 2000


def head_of(text: str) -> str:
    """Return the first lines of a text, at most `HEAD_LINES` and `HEAD_LENGTH` code points."""
    return "\n".join(text[:HEAD_LENGTH].split("\n", HEAD_LINES)[:HEAD_LINES])


class TypeService(Protocol):
    """A running service that infers types."""

    async def ask(self, question: Any, seconds: float = math.inf) -> tuple[Any, ...]:
        """Answer a question with one entry for each doubt, None where nothing is known, or not within `seconds`.
        Cancellation ends the process that works on the answer."""

    async def aclose(self) -> None:
        """Stop the service and its process."""


@dataclass(frozen=True, eq=False)
class TypeEvidence:
    """Use of inferred types to confirm or refute doubtful code. The types of doubts, questions and answers are the
    language's own. A doubt has a `span`, a `name` that distinguishes it from others on its line, a hashable `inquiry`
    that distinguishes it from others in its source, and `reported`, the message of a tool about it, or empty.

    - `is_installed()`: True if types can be inferred.
    - `start()`: return a service, which starts its process at the first question.
    - `doubts_at(index, span, found, reported)`: the doubts at a span where problems were `found` and tools `reported`
      diagnostics.
    - `suspected_in(index)`: the doubts anywhere in a file.
    - `question(index, path, roots, doubts)`: the question to send to the service.
    - `informed(index, found, doubts, answers)`: the problems, revised by the answers.
    """

    is_installed: Callable[[], bool]
    start: Callable[[], TypeService]
    doubts_at: Callable[[Index, Span, Sequence[Problem], Sequence[Reported]], tuple[Any, ...]]
    suspected_in: Callable[[Index], tuple[Any, ...]]
    question: Callable[[Index, str, Sequence[str], Sequence[Any]], Any]
    informed: Callable[[Index, Sequence[Problem], Sequence[Any], Any], list[Problem]]


class Judge(NamedTuple):
    """A program that accepts or rejects a fixed text, such as the database that a query is for.

    `accepts(index, edits, seconds)` returns whether it accepts the text after the edits; None if it does not tell, or
    not within `seconds`. Blocks. `check` describes to the user what was verified of an accepted text.
    """

    check: str
    accepts: Callable[[Index, Sequence[Edit], float], bool | None]


@dataclass(frozen=True, eq=False)
class Judges:
    """Use of a judge of fixed texts: `of(environment)` returns that of an environment, None if it has none."""

    of: Callable[[object], Judge | None]


NO_JUDGES = Judges(lambda environment: None)


@dataclass(frozen=True, eq=False)
class Language:
    """The parts of a language; see the type of each.

    `environment(place)` returns the environment of a file, which stages treat as opaque; two environments are equal if
    they give the same results. If `environment_varies`, it depends on the file itself (its settings, its head) and on
    files and databases that change, rather than on its folder alone: it is made for each file, and again every second
    or two while the file is open, so that it has to cache what it reads. `prepare(index, problems)` returns work to do
    in a background thread before code actions are requested for problems of a file, or None. `types` is None if the
    language has no type inference. Without `content` nothing counts as removed. `sample` is source text with errors, on
    which a new process runs the pipeline once to warm up.
    """

    name: str
    files: Files
    lexis: Lexis
    syntax: Syntax
    facts: FactsPart
    tokenizer: ModelTokenizer
    problem_finder: ProblemFinder
    checkers: Checkers
    regions: Regions
    fixers: Fixers
    vocabulary: Vocabulary
    checks: Checks
    measures: Measures
    naming: Naming
    environment: Callable[[FilePlace], object]
    environment_varies: bool = False
    prepare: Callable[[Index, Sequence[Problem]], Callable[[], None] | None] = lambda index, problems: None
    types: TypeEvidence | None = None
    content: Content = NO_CONTENT
    database: Database = NO_DATABASE
    judges: Judges = NO_JUDGES
    embedding: Embedding = Embedding()  # noqa: RUF009 - it is frozen
    sample: str = ""

    def part(self, kind: type[P]) -> P:
        """Return the part of a type. Raises LookupError if the language has none."""
        try:
            found: P = self._parts[kind]
        except KeyError:
            raise LookupError(f"the language {self.name} has no {kind.__name__}") from None
        return found

    def index(self, snapshot: Snapshot, environment: object | None = None, seams: Seams = ()) -> Index:
        """Return the index of a snapshot. `environment` is by default that of a document that is not a file; `seams`
        are the offsets at which source text of another document begins."""
        return Index(snapshot, self, self.environment(FilePlace()) if environment is None else environment, seams)

    @cached_property
    def _parts(self) -> dict[type, Any]:
        return {type(value): value for value in (getattr(self, field.name) for field in fields(self))}
