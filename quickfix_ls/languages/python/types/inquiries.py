"""Questions about types and their answers, and the JSON lines that encode both."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

InquiryKind = Literal["attribute", "keyword", "import"]


class Inquiry(NamedTuple):
    """A question about the name at an offset, in code points: is it an `attribute` of the expression before its dot, a
    `keyword` of the function that is called, a member in an `import` from a module? `hints` are names that could be
    meant instead; if one of them exists, the others need not be known."""

    kind: InquiryKind
    offset: int
    hints: tuple[str, ...] = ()


class Facts(NamedTuple):
    """The `owner` in the wording of Python's messages, empty if only the code tells it, and the `names` of its members;
    `is_complete`: it can have no others, as far as its sources show."""

    owner: str
    names: frozenset[str]
    is_complete: bool


class TypeQuestion(NamedTuple):
    """Inquiries about one source text. `path` is its file, empty if it is not a file; `folders` are the folders in
    which its imports are searched, in order, without those of the standard library."""

    text: str
    path: str
    folders: tuple[str, ...]
    inquiries: tuple[Inquiry, ...]


Answers = tuple[Facts | None, ...]
"""The facts for each inquiry, None if nothing is known."""


def question_line(question: TypeQuestion) -> bytes:
    """Encode a question as a line of JSON."""
    return json.dumps(question).encode() + b"\n"


def read_question(line: bytes) -> TypeQuestion:
    """Decode a question from a line of JSON."""
    text, path, folders, inquiries = json.loads(line)
    found = tuple(Inquiry(kind, offset, tuple(hints)) for kind, offset, hints in inquiries)
    return TypeQuestion(text, path, tuple(folders), found)


def facts_line(facts: Facts | None) -> bytes:
    """Encode facts, or None, as a line of JSON."""
    content = facts and [facts.owner, sorted(facts.names), facts.is_complete]
    return json.dumps(content).encode() + b"\n"


def read_facts(line: bytes) -> Facts | None:
    """Decode facts, or None, from a line of JSON. Raises ValueError, TypeError or LookupError for any other input."""
    content = json.loads(line)
    return content and Facts(content[0], frozenset(content[1]), content[2])
