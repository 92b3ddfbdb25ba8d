"""What is asked about types, what is answered, and both as lines of JSON."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

InquiryKind = Literal["attribute", "keyword", "import"]


class Inquiry(NamedTuple):
    """The name that begins at an offset, in code points, is asked of something: an `attribute` of what stands before
    its dot, a `keyword` of the function that is called, an `import` of a module."""

    kind: InquiryKind
    offset: int


class Facts(NamedTuple):
    """All names that the owner has, and the owner as Python's messages call it; `is_complete`: it can have no others,
    as far as its sources tell."""

    owner: str
    names: frozenset[str]
    is_complete: bool


class TypeQuestion(NamedTuple):
    """Inquiries about one text. `path` is where it lies, empty where it is no file; `folders` are those that its
    imports are looked up in, the first first, without the standard library's."""

    text: str
    path: str
    folders: tuple[str, ...]
    inquiries: tuple[Inquiry, ...]


Answers = tuple[Facts | None, ...]
"""The facts for each inquiry, None where nothing is known."""


def question_line(question: TypeQuestion) -> bytes:
    return json.dumps(question).encode() + b"\n"


def read_question(line: bytes) -> TypeQuestion:
    text, path, folders, inquiries = json.loads(line)
    return TypeQuestion(text, path, tuple(folders), tuple(Inquiry(*one) for one in inquiries))


def facts_line(facts: Facts | None) -> bytes:
    told = facts and [facts.owner, sorted(facts.names), facts.is_complete]
    return json.dumps(told).encode() + b"\n"


def read_facts(line: bytes) -> Facts | None:
    """Raises ValueError, TypeError or LookupError for what is no such line."""
    told = json.loads(line)
    return told and Facts(told[0], frozenset(told[1]), told[2])
