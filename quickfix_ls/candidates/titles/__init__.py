"""Titles of changes: what is put in, taken out or replaced, and where.

A title is made from the change itself (`title_of`), whatever steps led to it; a fixer's own words are kept where each
piece of code that they quote is in the change (`is_true`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quickfix_ls.candidates.titles.differences import PIECE, Difference, differences
from quickfix_ls.candidates.titles.quoting import quoted
from quickfix_ls.values import Edit

MAX_LENGTH = 80
MAX_DETAIL = 3
_CONTEXT = 16
_HALF = 26
_QUOTED = re.compile(r"`([^`]*)`")
_GONE = re.compile(r"\b(?:[Rr]emove|[Rr]eplace|[Dd]rop|[Dd]elete|instead of)(?: the)?(?: [a-z]+)? `([^`]*)`")
_NEW = re.compile(r"\b(?:[Aa]dd|[Ii]nsert|with|[Ww]rite)(?: the)?(?: [a-z]+)? `([^`]*)`")


def title_of(text: str, edits: Sequence[Edit]) -> str:
    """Return the title of a change of `text`, at most about `MAX_LENGTH` characters.

    Every piece of code in backticks is in the changed lines, word for word: what is removed in the old ones, what is
    added in the new ones.
    """
    return joined(phrases_of(text, edits))


def phrases_of(text: str, edits: Sequence[Edit], detail: int = 0) -> list[str]:
    """Return a phrase for each difference that a change makes, in the order of the text; like differences share one.

    A greater `detail`, up to `MAX_DETAIL`, tells more of the place, to tell two changes apart.
    """
    found = differences(text, edits)
    if detail >= MAX_DETAIL - 1:
        return [_phrase(text, [one], detail) for one in found]
    told: set[tuple[str, ...]] = set()
    phrases = []
    for one in found:
        key = _key(one)
        if key not in told:
            told.add(key)
            phrases.append(_phrase(text, [other for other in found if _key(other) == key], detail))
    return phrases


def joined(phrases: Sequence[str]) -> str:
    """Return a title of phrases, with the number of those for which there is no room."""
    if not phrases:
        return "Change nothing"
    title = phrases[0]
    for place, phrase in enumerate(phrases[1:], 1):
        left = len(phrases) - place
        longer = f"{title}; {phrase[0].lower()}{phrase[1:]}"
        if len(longer) > MAX_LENGTH - (len(" and 9 more changes") if left > 1 else 0):
            return f"{title} and {left} more change{'s' if left > 1 else ''}"
        title = longer
    return title


def is_true(title: str, text: str, edits: Sequence[Edit]) -> bool:
    """Return whether a title is short enough, and all code that it quotes is in the lines that edits change: code that
    it calls removed or replaced in the old lines, code that it calls added in the new ones."""
    if not title or len(title) > MAX_LENGTH or title.count("`") % 2:
        return False
    old, new = changed_text(text, edits)
    if not all("…" not in piece and (piece in old or piece in new) for piece in _QUOTED.findall(title)):
        return False
    return all(piece in old for piece in _GONE.findall(title)) and all(piece in new for piece in _NEW.findall(title))


def changed_text(text: str, edits: Sequence[Edit]) -> tuple[str, str]:
    """Return the lines that edits change, before and after."""
    old: list[str] = []
    new: list[str] = []
    position = -1
    for edit in sorted(edits):
        start, end = edit.span.start, edit.span.end
        line = text.rfind("\n", 0, start) + 1
        if position < line:
            if position >= 0:
                _finish(text, position, old, new)
            old.append(text[line:start])
            new.append(text[line:start])
        else:
            old.append(text[position:start])
            new.append(text[position:start])
        old.append(text[start:end])
        new.append(edit.text)
        position = end
    if position >= 0:
        _finish(text, position, old, new)
    return "".join(old), "".join(new)


def _finish(text: str, position: int, old: list[str], new: list[str]) -> None:
    end = text.find("\n", position)
    rest = text[position : end + 1 if end >= 0 else len(text)]
    old.append(rest)
    new.append(rest)


def _phrase(text: str, like: Sequence[Difference], detail: int) -> str:
    one = like[0]
    if one.kind == "indent":
        return _indentation(text, like, detail)
    if len(like) > 1:
        return f"{_words(text, one, detail, is_single=False)} ({len(like)} places)"
    return _lines(text, one, detail) if one.kind == "lines" else _words(text, one, detail, is_single=True)


def _key(difference: Difference) -> tuple[str, ...]:
    if difference.kind == "indent":
        return "indent", str(_width(difference.new) > _width(difference.old))
    return difference.kind, difference.old.strip(), difference.new.strip()


def _width(indent: str) -> int:
    return len(indent.expandtabs())


def _indentation(text: str, found: Sequence[Difference], detail: int) -> str:
    first = found[0]
    code = text[first.end :].split("\n", 1)[0]
    old, new = _width(first.old), _width(first.new)
    verb = "Indent" if new > old else "Dedent" if new < old else "Respace"
    what = quoted(code) if len(found) == 1 else f"{len(found)} lines from {quoted(code)}"
    return f"{verb} {what} to column {new}{_line(text, first, detail)}"


def _lines(text: str, one: Difference, detail: int) -> str:
    old, new = one.old.splitlines(), one.new.splitlines()
    if not old:
        return f"Add {_counted(new)}{_line(text, one, detail)}"
    if not new:
        return f"Remove {_counted(old)}{_line(text, one, detail)}"
    return f"Replace {_counted(old)} with {_counted(new)}{_line(text, one, detail)}"


def _counted(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    said = sum(bool(line.strip()) for line in lines)
    if not said:
        return "a blank line" if len(lines) == 1 else f"{len(lines)} blank lines"
    return f"the line {quoted(first)}" if said == 1 else f"{said} lines from {quoted(first)}"


def _words(text: str, one: Difference, detail: int, *, is_single: bool) -> str:
    old, new = one.old.strip(), one.new.strip()
    place = _place(text, one, detail) if is_single else ""
    if not old and not new and "\n" in one.old + one.new:
        return "Add a line end" if "\n" in one.new else "Remove the line end"
    if not old and not new:
        return ("Remove the space" if len(one.old) > len(one.new) else "Add a space") + (place or _beside(text, one))
    is_sign = is_single and not any(sign.isalnum() for sign in old + new)
    beside = place or (_beside(text, one) if is_sign else "")
    if not old:
        return f"Add {quoted(new)}{beside or (_beside(text, one) if is_single else '')}"
    if not new:
        return f"Remove {quoted(old)}{beside}"
    return f"Replace {quoted(old, _HALF)} with {quoted(new, _HALF)}{place}"


def _place(text: str, one: Difference, detail: int) -> str:
    return (_beside(text, one) if detail else "") + _line(text, one, detail)


def _line(text: str, one: Difference, detail: int) -> str:
    """Return the line of a difference, and its column where the line alone does not tell it from another."""
    if detail < MAX_DETAIL - 1:
        return ""
    line = f" in line {text.count(chr(10), 0, one.start) + 1}"
    return line if detail < MAX_DETAIL else f"{line}, column {one.start - text.rfind(chr(10), 0, one.start)}"


def _beside(text: str, one: Difference) -> str:
    """Return the place of a difference by the code beside it in its line: what is before it, else what is behind it."""
    line = text.rfind("\n", 0, one.start) + 1
    before = text[line : one.start].rstrip()
    if before.strip():
        return f" after {quoted(_last(before), _CONTEXT)}"
    behind = text[one.end :].split("\n", 1)[0].strip()
    return f" before {quoted(_first(behind), _CONTEXT)}" if behind else ""


def _first(text: str) -> str:
    """Return the first word of a text, with the signs before it; the first sign alone if the word is far."""
    pieces = list(PIECE.finditer(text))
    end = next((piece.end() for piece in pieces if _is_word(piece.group())), pieces[0].end())
    return text[: end if end <= _CONTEXT else pieces[0].end()]


def _last(text: str) -> str:
    """Return the last word of a text, with the signs behind it; the last sign alone if the word is far."""
    pieces = list(PIECE.finditer(text))
    start = next((piece.start() for piece in reversed(pieces) if _is_word(piece.group())), pieces[-1].start())
    return text[start if len(text) - start <= _CONTEXT else pieces[-1].start() :]


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] == "_"
