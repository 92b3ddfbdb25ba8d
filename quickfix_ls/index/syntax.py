"""The syntax that a language supplies: splitting source text into units, finding syntax errors, extracting facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from quickfix_ls.index.seams import Seams
from quickfix_ls.values import ProblemKind, Span

Stack = tuple[str, ...]
"""The indentations of the enclosing bodies at the start of a unit, the outermost first."""


class UnitStart(NamedTuple):
    """The offset at which a unit begins, and the stack of enclosing definitions there."""

    start: int
    stack: Stack


class UnitStarts(Protocol):
    """An iterable over the units of a text, in order.

    `open_string` is True if a string in the text read so far is not closed: an edit further down may then change the
    split above it.
    """

    @property
    def open_string(self) -> bool: ...

    def __iter__(self) -> Iterator[UnitStart]: ...


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """An error of a text as a whole: its `message`, its `code`, and the `span`, relative to the parsed text.

    Its `kind` (see `problems.kinds`) and the `name` at fault are set for what the parser does not find, but
    `Syntax.meaning`.
    """

    message: str
    code: str
    span: Span
    kind: ProblemKind = "syntax"
    name: str = ""


class Edited(NamedTuple):
    """The extent of a change within a region.

    `start` is where the first edit starts and `end` where the last one ends, in the text before; `grew` is the number
    of code points by which the text became longer.
    """

    start: int
    end: int
    grew: int


@dataclass(frozen=True, slots=True)
class Syntax:
    """The syntax of a language.

    - `split(text, start, stack, seams)` splits a text into units, from the unit start `start` on. A unit begins at
      every seam, and no open construct before it (a bracket, a string, a class) continues behind it.
    - `frame(stack, following)` returns the lines to put before and behind a unit so that it can be parsed by itself;
      `following` is the stack of the next unit (the unit's own at the end of the text).
    - `fault(text, prefix, suffix, environment)` returns the first syntax error of a framed unit, or None. Never raises.
    - `progress(message, start, after, edited)` returns whether an edit brought the text closer to being well formed.
      The error before it had a `message` and started at `start`; `after` is the fault that is left. Offsets are
      relative to the region. Called for every candidate, so it takes no more than numbers and strings.
    - `is_settled(message)` returns whether the parser that reports an error with this message has seen no text behind
      the error: as long as the text up to the end of the error's span stays the same, so does the error.
    - `is_follower(message, lines, later)` returns whether an error with the message `later` only follows from one with
      `message` in a unit above; `lines` is the text from the line of the one to that of the other, both included.
    - `relocate(message, lines)` adds a number of lines to each line number in an error message.
    - `meaning(text, environment, summary)` returns the first error of a well-formed text that shows only when it is
      read with the definitions of its file (`summary`) and of its `environment`, such as an unknown column. Never
      raises. In a language that has it, a repair is judged by both where the problem's proof is not the parser alone.
    - `function_name(text)` returns the name of the function that a unit with this text defines, empty if it defines
      none.
    """

    split: Callable[[str, int, Stack, Seams], UnitStarts]
    frame: Callable[[Stack, Stack], tuple[str, str]]
    fault: Callable[[str, str, str, object], SyntaxFault | None]
    progress: Callable[[str, int, SyntaxFault, Edited], bool]
    relocate: Callable[[str, int], str]
    function_name: Callable[[str], str] = lambda text: ""
    is_settled: Callable[[str], bool] = lambda message: False
    is_follower: Callable[[str, str, str], bool] = lambda message, lines, later: False
    meaning: Callable[[str, object, Any], SyntaxFault | None] | None = None


class UnitFacts(Protocol):
    """The facts about a unit that follow from its text alone: its `fault`, and the names it `defines` for the file.

    Each language adds further facts.
    """

    @property
    def fault(self) -> SyntaxFault | None: ...

    @property
    def defines(self) -> Collection[str]: ...


class Summary(Protocol):
    """The combined facts of all units of a file."""

    @property
    def defined(self) -> Collection[str]:
        """The names that any unit defines for the whole file."""

    def changed(self, removed: list[UnitFacts], added: list[UnitFacts]) -> Summary:
        """Return the summary after the units `removed` were replaced by the units `added`."""


@dataclass(frozen=True, slots=True)
class FactsPart:
    """The extraction of facts for a language.

    `facts(text, prefix, suffix, environment)` returns the facts about a unit, is called once for each text, and never
    raises; `empty` is the summary of a file without units.
    """

    facts: Callable[[str, str, str, object], UnitFacts]
    empty: Summary
