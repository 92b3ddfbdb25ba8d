"""Templates of Jinja in SQL, as in the models of dbt: `{{ ref('orders') }}` is the table `orders`, a statement is white
space, and of two branches the first is shown. What Jinja writes is never edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quickfix_ls.documents.embedded_view import Segment
from quickfix_ls.values import Span

_TAG = re.compile(
    r"\{#.*?#\}|\{\{-?(?P<expression>(?:[^}'\"]|\}(?!\})|'[^']*'|\"[^\"]*\")*?)-?\}\}"
    r"|\{%-?\s*(?P<word>\w+)(?P<rest>(?:[^%'\"]|%(?!\})|'[^']*'|\"[^\"]*\")*?)-?%\}",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"\s*(?:ref|source)\s*\(.*?['\"](?P<name>[^'\"]+)['\"]\s*(?:,\s*(?:v|version)\s*=[^)]*)?\)\s*\Z", re.DOTALL
)
_NOTHING = re.compile(r"\s*(?:config|set|log|print|run_query|exceptions\s*\.\s*\w+)\s*\(", re.DOTALL)
_CLOSES = {"macro": "endmacro", "test": "endtest", "docs": "enddocs", "materialization": "endmaterialization"}
"""Blocks whose text is no part of the query."""

_NOT_LAST = re.compile(r"\s*(?:not\s+loop\s*\.\s*(?:last|first)|loop\s*\.\s*index0?\s*[<>!]|loop\s*\.\s*nextitem)")


class _Tag(NamedTuple):
    """A tag: its span, its `word` if it is a statement, and the text of what it says."""

    span: Span
    word: str
    rest: str


def masked(text: str) -> tuple[Segment, ...] | None:
    """Return the segments of a text with templates: the names of tables, and holes for other expressions; None if it
    has no templates."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return None
    tags = list(_tags(text))
    if not tags:
        return None
    hidden = list(_hidden(tags))
    segments: list[Segment] = []
    position = 0
    for tag in tags:
        if tag.span.start < position:
            continue
        around = next((span for span in hidden if span.start <= tag.span.start < span.end), None)
        start = around.start if around is not None else tag.span.start
        if start > position:
            segments.append(Segment(text[position:start], Span(position, start)))
        if around is not None:
            segments.append(Segment(" ", around, "fixed"))
            position = around.end
        else:
            segments.append(_shown(tag))
            position = tag.span.end
    if position < len(text):
        segments.append(Segment(text[position:], Span(position, len(text))))
    return tuple(segments)


def _tags(text: str) -> Iterator[_Tag]:
    for found in _TAG.finditer(text):
        rest = found["rest"] if found["word"] else found["expression"]
        yield _Tag(Span(*found.span()), found["word"] or "", rest or "")


def _shown(tag: _Tag) -> Segment:
    """Return the segment of a tag: of `ref` and `source` with a name, of other expressions a hole."""
    if tag.word or not tag.rest.strip() or _NOTHING.match(tag.rest):
        return Segment(" ", tag.span, "fixed")
    return Segment(tag.rest, tag.span, "field")


def table_of(expression: str) -> str:
    """Return the table that an expression of Jinja refers to; empty if it is no reference."""
    named = _REFERENCE.match(expression)
    return named["name"] if named else ""


def _hidden(tags: Sequence[_Tag]) -> Iterator[Span]:
    """Yield the spans that are not shown: definitions, branches after the first, separators of a loop."""
    open_ifs: list[int | None] = []
    definition: tuple[str, int] | None = None
    for tag in tags:
        start, end, word = tag.span.start, tag.span.end, tag.word
        if definition is not None:
            if word == definition[0]:
                yield Span(definition[1], end)
                definition = None
        elif word in _CLOSES:
            definition = _CLOSES[word], start
        elif word == "set" and not re.match(r"\s*[\w.,\s]+=", tag.rest):
            definition = "endset", start
        elif word in ("if", "for"):
            open_ifs.append(start if word == "if" and _NOT_LAST.match(tag.rest) else None)
        elif word in ("elif", "else") and open_ifs:
            open_ifs[-1] = start if open_ifs[-1] is None else open_ifs[-1]
        elif word in ("endif", "endfor") and open_ifs:
            begin = open_ifs.pop()
            if begin is not None:
                yield Span(begin, end)
