"""JSON answers, from servers that enforce a JSON Schema, and from models that choose JSON by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quickfix_ls.candidates.replies import numbered, whole
from quickfix_ls.candidates.replies.answer import LINE_END, ModelAnswer, ReplyReading, ReplyRegion, Unusable
from quickfix_ls.prompts import BAR

_LISTS = ("lines", "edits", "changes", "replacements", "fixes")
_NUMBERS = ("line", "number", "line_number", "lineNumber", "lineno")
_TEXTS = ("text", "new", "new_text", "content", "replacement", "code", "newText")
_CODES = ("code", "fixed", "fixed_code", "corrected_code", "solution")


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    value = _value_of(answer)
    if value is None:
        return
    if value is _BROKEN:
        raise Unusable("cut off" if not answer.complete else "no lines", "its JSON is not whole")
    lines = _numbered_lines(value)
    if lines is not None:
        if not lines:
            raise Unusable("changes nothing")
        yield from numbered.read(ModelAnswer(tuple(lines), (), False, True), place)
        return
    code = next((value[key] for key in _CODES if isinstance(value.get(key), str)), None) if _is_dict(value) else None
    if code is None:
        raise Unusable("no lines", "its JSON holds neither numbered lines nor code")
    block = tuple(LINE_END.split(code))
    yield from whole.read(ModelAnswer(block, (("", block),), False, True), place)


_BROKEN = object()


def _value_of(answer: ModelAnswer) -> Any:
    """Return the answer's JSON value; `_BROKEN` if it is cut off or invalid; None if the answer is not JSON."""
    blocks = [block for language, block in answer.fenced if language in ("json", "jsonc", "")]
    for lines in (*blocks, answer.lines):
        text = "\n".join(lines).strip()
        if text.startswith("{") or (text.startswith("[{") and '"' in text):
            try:
                value, _ = json.JSONDecoder(strict=False).raw_decode(text)
                return value
            except (ValueError, RecursionError):
                if text[1:].lstrip("{[ \n\t").startswith('"') and '":' in text:
                    return _BROKEN
    return None


def _numbered_lines(value: Any) -> list[str] | None:
    """Return the value's numbered lines as `numbered` reads them; None if it holds none.

    Raises Unusable if an item has no line number or no text.
    """
    if _is_dict(value):
        found = next((value[key] for key in _LISTS if isinstance(value.get(key), (list, dict))), None)
        if found is None:
            if value and all(str(key).isdecimal() and isinstance(text, str) for key, text in value.items()):
                found = value
            elif _number(value) is not None:
                found = [value]
            else:
                return None
        value = found
    if _is_dict(value):
        value = [{"line": key, "text": text} for key, text in value.items()]
    lines: list[str] = []
    for item in value if isinstance(value, list) else ():
        number = _number(item) if _is_dict(item) else None
        text = next((item[key] for key in _TEXTS if isinstance(item.get(key), str)), None) if _is_dict(item) else None
        if number is None or text is None:
            raise Unusable("no lines", "an item of its JSON has no line number or no text")
        lines += [f"{number}{BAR}{line}" for line in LINE_END.split(text.removesuffix("\n"))]
    return lines


def _number(item: dict[str, Any]) -> int | None:
    for key in _NUMBERS:
        value = item.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**7:
            return value
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 8:
            return int(value)
    return None


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)
