"""Parts of a JSON text by their places, so that a string can be changed while all else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.values import Span

_DECODER = JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


class Placed(NamedTuple):
    """A value of a JSON text, and the span that it is written in."""

    value: Any
    span: Span


def members(text: str, start: int) -> Iterator[tuple[str, Placed]]:
    """Yield the keys of the object at `start` with their values, in order. Raises JSONDecodeError if it is broken."""
    position = _after_space(text, start + 1)
    while text[position : position + 1] == '"':
        key = _value_at(text, position)
        position = _after_space(text, key.span.end)
        if text[position : position + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", text, position)
        value = _value_at(text, position + 1)
        yield key.value, value
        position = _next(text, value.span.end)


def elements(text: str, start: int) -> Iterator[Placed]:
    """Yield the values of the list at `start`, in order. Raises JSONDecodeError if it is broken."""
    position = _after_space(text, start + 1)
    while text[position : position + 1] not in ("]", ""):
        value = _value_at(text, position)
        yield value
        position = _next(text, value.span.end)


def string_edited(raw: str, value: str, *, ascii_only: bool) -> str:
    """Return a JSON string `raw`, with its quotes, that stands for `value`. What both have in common stays as it is
    spelt; what is new is escaped where JSON needs it, and with `ascii_only` all that is not ASCII."""
    old = json.loads(raw, strict=False)
    head, tail = common_ends(old, value)
    starts = character_starts(raw)
    new = json.dumps(value[head : len(value) - tail], ensure_ascii=ascii_only)[1:-1]
    return raw[: starts[head]] + new + raw[starts[len(old) - tail] :]


def character_starts(raw: str) -> list[int]:
    """Return where each character of a JSON string is written in `raw`, which has its quotes, and where they end."""
    starts = [found.start() + 1 for found in _CHARACTER.finditer(raw[1:-1])]
    return [*starts, len(raw) - 1]


def _value_at(text: str, position: int) -> Placed:
    start = _after_space(text, position)
    value, end = _DECODER.raw_decode(text, start)
    return Placed(value, Span(start, end))


def _next(text: str, position: int) -> int:
    """Return the place behind a comma and the space around it, or that of a closing bracket."""
    position = _after_space(text, position)
    return _after_space(text, position + 1) if text[position : position + 1] == "," else position


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found is not None else position
