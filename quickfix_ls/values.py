"""The nouns of the pipeline. All are frozen and belong to one version of one document.

Offsets are counted in code points from the start of the document's text; `lsp` alone knows other units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ProblemKind = str
"""The name of a kind of problem; `problems.kinds` has the facts of each."""

Safety = Literal["safe", "needs-a-look"]

TYPES = "types"
"""The `origin` of a problem that the types of other code show, see `inference`."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range [start, end) of a document's text, in code points."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two share a code point or meet at an edge (zero-length spans touch too)."""
        return self.start <= other.end and other.start <= self.end

    def gap(self, other: Span) -> int:
        """How many code points lie between the two; 0 where they touch."""
        return max(self.start - other.end, other.start - self.end, 0)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str

    @property
    def growth(self) -> int:
        """By how many code points what stands behind it moves."""
        return len(self.text) - (self.span.end - self.span.start)


class Reported(NamedTuple):
    """A diagnostic of any tool, as the editor or the tool handed it to us; any of `source` and `code` may be empty."""

    message: str
    span: Span
    source: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in one place of a document.

    `code` is the error's identifier in its language: in Python the exception's name (`SyntaxError`, `NameError`,
    `AttributeError`, ...; `Warning` where Python raises none), `name` the identifier at fault where there is one,
    `origin` who found it: `python`, `analysis`, `types`, `suspicion` or, where we know of it only by somebody's report,
    `client:<source>`. `reported` is what a tool said of it, and `hints` are names that could be meant, where who found
    or reported it knows them; a problem is the same whether it was reported or not."""

    kind: ProblemKind
    message: str
    code: str
    span: Span
    name: str = ""
    origin: str = field(default="python", compare=False)
    reported: str = field(default="", compare=False)
    hints: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed change. `source` says who proposed it (`fixer:close_bracket`, `search:insert`);
    `+` joins the sources of a change that was built in several steps. A fixer leaves it empty: it is filled in."""

    edits: tuple[Edit, ...]
    title: str
    source: str = ""
    safety: Safety = "safe"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What validation found. `checks` names what was verified, in plain words; `refusal` is empty when it passed."""

    checks: tuple[str, ...]
    refusal: str = ""

    @property
    def passed(self) -> bool:
        return not self.refusal


@dataclass(frozen=True, slots=True)
class Offer:
    """A validated, ranked candidate: what a person gets to see.

    `probability` in [0, 1] is the calibrated chance that the person would have made this very change;
    `sources` are all who proposed it; `preferred` marks the one that may be applied blind; `model` names the language
    model that wrote it, and is empty where it was worked out here, whoever agrees. `seen` is what the ranking saw of
    each of its steps, and `why` is that in words, where somebody asked for them.
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


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask a model. `system` and `shared` are what all variants of one problem have in common, so that
    a server can keep them in its prompt cache; `question` is the variant's own and comes last.

    `prediction` is text that the answer will mostly repeat (for servers that take it); `reply_schema` the JSON
    schema of the answer, empty for free text; `max_tokens` bounds the answer; `temperature` as the servers mean it.
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
    """Tokens of one exchange, as the server counted them; `cached` are those of `sent` that its cache held."""

    sent: int = 0
    received: int = 0
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a model's answer as it streams in. The last one says why it ended (`stop`, `length`, ...) and, where
    the server counts them, how many tokens it took."""

    text: str = ""
    ended: str = ""
    usage: Usage | None = None


def apply_edits(text: str, edits: Iterable[Edit], origin: int = 0) -> str:
    """The text after the edits; `origin` is the document offset of `text`'s first code point.

    Raises ValueError when edits overlap or lie outside of the text.
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
    """The single set of edits that does `first`, then `second` (which is in coordinates of the text after `first`).

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
