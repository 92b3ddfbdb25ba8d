"""The value types that the stages of the pipeline exchange. All are frozen and belong to one version of one document.

Offsets are counted in code points from the start of the document's text; only `lsp` converts to other units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from quickfix_ls.runs.facts import NO_FACTS, Facts

ProblemKind = str
"""The name of a kind of problem; `problems.kinds` lists the properties of each."""

Safety = Literal["safe", "needs-a-look"]

TYPES = "types"
"""The `origin` of a problem that type inference found, see `inference`."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range [start, end) of a document's text, in code points."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Return whether the two spans share a code point or meet at an edge (zero-length spans touch too)."""
        return self.start <= other.end and other.start <= self.end

    def gap(self, other: Span) -> int:
        """Return the number of code points between the two spans; 0 if they touch."""
        return max(self.start - other.end, other.start - self.end, 0)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str

    @property
    def growth(self) -> int:
        """The number of code points by which the edit lengthens the text; negative if it shortens it."""
        return len(self.text) - (self.span.end - self.span.start)


class Reported(NamedTuple):
    """A diagnostic of any tool, as the editor or the tool reported it; `source` and `code` may be empty.

    `shown_as` is the message for a person, if it is another one: that of a program's error tells which run it was.
    `facts` are what a failed program knew of the values concerned.
    """

    message: str
    span: Span
    source: str = ""
    code: str = ""
    shown_as: str = ""
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class Problem:
    """An error at one span of a document.

    `code` is the error's identifier in its language: in Python the exception's name (`SyntaxError`, `NameError`,
    `AttributeError`, ...; `Warning` if Python raises none). `name` is the identifier at fault, empty if there is none.
    `origin` is the analysis that found it: `python`, `analysis`, `types`, `suspicion` or, for a problem known only from
    a tool's diagnostic, `client:<source>`. `reported` is that diagnostic's message, and `hints` are names that the
    analysis or the tool suggests instead. `marked` is the span to show to a person, None if it is `span`; `shown_as` is
    the message to show, empty if it is `message`; `facts` are what the failed program knew of the values concerned.
    What is not of the first five is not compared: a problem equals
    itself whether it was reported or not.
    """

    kind: ProblemKind
    message: str
    code: str
    span: Span
    name: str = ""
    origin: str = field(default="python", compare=False)
    reported: str = field(default="", compare=False)
    hints: tuple[str, ...] = field(default=(), compare=False)
    marked: Span | None = field(default=None, compare=False)
    shown_as: str = field(default="", compare=False)
    facts: Facts = field(default=NO_FACTS, compare=False)

    @property
    def shown(self) -> Span:
        """The span that a person should look at."""
        return self.marked or self.span

    @property
    def shown_message(self) -> str:
        """The message that a person should read."""
        return self.shown_as or self.message


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed change.

    An empty `title` is made from the edits when the change is offered (`candidates.titles`). `source` names the
    proposer (`fixer:close_bracket`, `search:insert`); `+` joins the sources of a change that was
    built in several steps. A fixer leaves `source` empty; `candidates.propose` sets it.
    """

    edits: tuple[Edit, ...]
    title: str
    source: str = ""
    safety: Safety = "safe"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of validation: `checks` describes what was verified; `refusal` is empty if the candidate passed."""

    checks: tuple[str, ...]
    refusal: str = ""

    @property
    def passed(self) -> bool:
        return not self.refusal


@dataclass(frozen=True, slots=True)
class Offer:
    """A validated, ranked candidate that may be shown to the user.

    `probability` in [0, 1] is the calibrated probability that the user would have made exactly this change; `sources`
    are all its proposers; `preferred` marks the offer that may be applied without review; `model` names the language
    model that wrote it, and is empty for a candidate of a fixer or the search, even if a model proposed it too. `seen`
    holds the feature row of each step, and `why` the explanation of the probability in words, empty until requested.
    `keeps_content` is false if the change removes content of the program (`validation.content`); such an offer is never
    preferred.
    """

    problem: Problem
    candidate: Candidate
    sources: tuple[str, ...]
    verdict: Verdict
    probability: float
    preferred: bool = False
    model: str = ""
    seen: tuple[tuple[float, ...], ...] = ()
    why: str = ""
    keeps_content: bool = True


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt for a language model.

    `system` and `shared` are identical for all variants of one problem, so that a server can keep them in its prompt
    cache; `question` differs between variants and comes last. `prediction` is text that the answer will mostly repeat
    (for servers that accept it); `reply_schema` is the JSON Schema of the answer, empty for free text; `max_tokens`
    limits the answer; `temperature` is the sampling temperature; `stop` lists the strings that end the answer.
    """

    system: str
    shared: str
    question: str
    max_tokens: int
    temperature: float = 0.0
    prediction: str = ""
    reply_schema: str = ""
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts of one exchange, as the server reported them; `cached` are those of `sent` that its cache held."""

    sent: int = 0
    received: int = 0
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a model's answer as it streams in.

    The last piece has the reason why the answer `ended` (`stop`, `length`, ...) and, if the server reports it, the
    token `usage`.
    """

    text: str = ""
    ended: str = ""
    usage: Usage | None = None


def apply_edits(text: str, edits: Iterable[Edit], origin: int = 0) -> str:
    """Return `text` with the edits applied; `origin` is the document offset of its first code point.

    Raises ValueError if edits overlap or lie outside of the text.
    """
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        start, end = edit.span.start - origin, edit.span.end - origin
        if not position <= start <= end <= len(text):
            raise ValueError(f"edit {edit} overlaps another or lies outside of the text (origin {origin})")
        pieces += (text[position:start], edit.text)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def compose_edits(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return one set of edits equivalent to `first` followed by `second` (with offsets in the text after `first`).

    Edits of `second` that touch text inserted by `first` are merged with it.
    """
    merged = [_Piece(edit.span.start, edit.span.end, edit.text) for edit in sorted(first)]
    for edit in sorted(second, reverse=True):
        merged = _apply_one(merged, edit)
    return tuple(Edit(Span(p.start, p.end), p.text) for p in merged)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


def _apply_one(pieces: list[_Piece], edit: Edit) -> list[_Piece]:
    before: list[_Piece] = []
    after: list[_Piece] = []
    head = tail = ""
    low: int | None = None
    high: int | None = None
    shift = 0
    start, end = edit.span.start, edit.span.end
    for piece in pieces:
        now_start, now_end = piece.start + shift, piece.start + shift + len(piece.text)
        next_shift = shift + len(piece.text) - (piece.end - piece.start)
        if now_end < start:
            before.append(piece)
        elif now_start > end:
            after.append(piece)
        else:
            if low is None:
                low = min(piece.start, start - shift)
                head = piece.text[: max(0, start - now_start)]
            high = max(piece.end, end - next_shift)
            tail = piece.text[end - now_start :] if end < now_end else ""
        shift = next_shift
    if low is None or high is None:
        moved = sum(len(p.text) - (p.end - p.start) for p in before)
        low, high = start - moved, end - moved
    return [*before, _Piece(low, high, head + edit.text + tail), *after]
