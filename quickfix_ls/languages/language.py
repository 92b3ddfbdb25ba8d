"""A language: a record of parts, each a function or a small record that some stage asks for by its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from quickfix_ls.candidates.fixers import Fixers
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.checkers import Checkers
from quickfix_ls.context.regions import Regions
from quickfix_ls.documents.files import Files
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import Seams
from quickfix_ls.index.syntax import FactsPart, Syntax
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.plausibility.spelling import Spelling
from quickfix_ls.problems.diagnosis import Diagnosis
from quickfix_ls.prompts import Naming
from quickfix_ls.ranking.features import Measures
from quickfix_ls.validation import Checks
from quickfix_ls.values import Problem, Reported, Span

P = TypeVar("P")


class FilePlace(NamedTuple):
    """Where a file lies and what is set for it.

    `path` is absolute, empty for a document that is no file; `roots` are the folders whose modules it can use, the
    workspace's; `within` are the folders up to which its project's configuration is looked for; `version` is the
    language's version as set by the user, empty where it is not. `patient`: whether what takes long is waited for when
    it is first needed, rather than prepared beforehand (see `Language.prepare`). `notebook`: the
    document is the code of a notebook.
    """

    path: str = ""
    roots: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    version: str = ""
    patient: bool = True
    notebook: bool = False


class TypeService(Protocol):
    """A running source of types."""

    async def ask(self, question: Any) -> tuple[Any, ...]:
        """The answers to a question, one for each doubt; None for what is not known. Cancellation ends the process
        that is asked."""

    async def aclose(self) -> None:
        """End it."""


@dataclass(frozen=True, eq=False)
class TypeEvidence:
    """What the types of other code tell about doubtful places. What a doubt, a question and its answers are is the
    language's own; a doubt has a `span`, a `name` that tells it from others on its line, an `inquiry` (hashable) that
    tells it from others in its text, and `reported`, what a tool said of it, or empty.

    - `is_installed()`: whether there is something to ask.
    - `start()`: a service, which starts its process when it is first asked.
    - `doubts_at(index, span, found, reported)`: what may be asked about a place where problems were `found` and tools
      `reported` something.
    - `suspected_in(index)`: what is doubtful anywhere in a file.
    - `question(index, path, roots, doubts)`: what to ask the service.
    - `informed(index, found, doubts, answers)`: the problems, now that the answers are known.
    """

    is_installed: Callable[[], bool]
    start: Callable[[], TypeService]
    doubts_at: Callable[[Index, Span, Sequence[Problem], Sequence[Reported]], tuple[Any, ...]]
    suspected_in: Callable[[Index], tuple[Any, ...]]
    question: Callable[[Index, str, Sequence[str], Sequence[Any]], Any]
    informed: Callable[[Index, Sequence[Problem], Sequence[Any], Any], list[Problem]]


@dataclass(frozen=True, eq=False)
class Language:
    """The parts of a language; see the type of each.

    Besides: `environment(place)` is what a file lives in, opaque to the stages and equal where nothing that counts
    differs; `prepare(index, problems)` is work to do in the background, in a thread, before somebody asks about
    problems of a file, None where there is none; `types` is None where the language has no source of types. `sample`
    is a text with errors, on which a new process runs the pipeline once to pay for first times.
    """

    name: str
    files: Files
    lexis: Lexis
    syntax: Syntax
    facts: FactsPart
    spelling: Spelling
    diagnosis: Diagnosis
    checkers: Checkers
    regions: Regions
    fixers: Fixers
    vocabulary: Vocabulary
    checks: Checks
    measures: Measures
    naming: Naming
    environment: Callable[[FilePlace], object]
    prepare: Callable[[Index, Sequence[Problem]], Callable[[], None] | None] = lambda index, problems: None
    types: TypeEvidence | None = None
    sample: str = ""

    def part(self, kind: type[P]) -> P:
        """The part of a type. Raises LookupError where the language has none."""
        try:
            found: P = self._parts[kind]
        except KeyError:
            raise LookupError(f"the language {self.name} has no {kind.__name__}") from None
        return found

    def index(self, snapshot: Snapshot, environment: object | None = None, seams: Seams = ()) -> Index:
        """The index of a snapshot, in the environment of a document that is no file unless another is given. `seams`
        are the offsets at which text of another document begins."""
        return Index(snapshot, self, self.environment(FilePlace()) if environment is None else environment, seams)

    @cached_property
    def _parts(self) -> dict[type, Any]:
        return {type(value): value for value in (getattr(self, field.name) for field in fields(self))}
