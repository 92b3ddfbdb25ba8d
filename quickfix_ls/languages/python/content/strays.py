"""Which removed units of content are plainly strays: the same twice, pasted text that is no code, foreign words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quickfix_ls.languages.python.checks.non_code import is_foreign_word, is_one_side, is_stray
from quickfix_ls.languages.python.content.units import Unit
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change

_WRAPPERS = frozenset(
    {"begin", "end", "endif", "endfor", "endwhile", "done", "fi", "then", "do", "esac", "loop", "next", "wend"}
)
"""Words by which other languages begin and end blocks."""
_MODIFIERS = frozenset(
    ["public", "private", "protected", "static", "final", "void", "unsigned", "long", "short", "mut", "extern",
     "virtual", "abstract", "export", "val", "dim", "my", "local", "sub", "typeof", "unique", "type"]
)  # fmt: skip
_COUNTS = re.compile(r"for\b[^;\n]*;[^;\n]*;[^;\n]*")
_REPEATED = re.compile(r"argument repeated|duplicate argument")
_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<="})
_MAX_RUN = 6


def pasted_spans(change: Change) -> list[tuple[int, int]]:
    """Return the spans of the region that edits delete because they are no code: prompts, line numbers, fences, and the
    markers of a merge conflict, but not the code between two of these."""
    text, start = change.before.text, change.before.start
    spans: list[tuple[int, int]] = []
    for edit in change.inside:
        first, last = edit.span.start - start, edit.span.end - start
        if edit.text or not is_stray(text, first, last):
            continue
        if is_one_side(text[first:last]):
            spans += [found.span() for found in _MARKER.finditer(text, first, last)]
        else:
            spans.append((first, last))
    return spans


def is_stray_unit(change: Change, tokens: Sequence[Token], unit: Unit, gone: set[int]) -> bool:
    """Return whether a removed unit is stray; `gone` are the indices of all tokens with removed units."""
    if unit.kind in ("text", "comment"):
        return False
    return (
        _is_repeated(tokens, unit.token, gone)
        or _is_foreign(tokens, unit.token)
        or _is_outdated(tokens, unit.token)
        or (_REPEATED.search(change.problem.message) is not None and _is_second(tokens, unit.token, gone))
    )


def _is_repeated(tokens: Sequence[Token], index: int, gone: set[int]) -> bool:
    """Return whether a token belongs to a run without comma that stands twice in a row, of which one is removed.

    `x = x += 1` has such a run, whatever the signs of the two assignments are.
    """
    for size in range(1, _MAX_RUN + 1):
        for first in range(index - size + 1, index + 1):
            for other in (first - size, first + size):
                if first < 0 or other < 0 or max(first, other) + size > len(tokens):
                    continue
                run = [_plain(token) for token in tokens[first : first + size]]
                if "," in run or "\n" in run or any(place in gone for place in range(other, other + size)):
                    continue
                if run == [_plain(token) for token in tokens[other : other + size]]:
                    return True
    return False


def _plain(token: Token) -> str:
    return "=" if token.text in _ASSIGNMENTS else token.text


def _is_second(tokens: Sequence[Token], index: int, gone: set[int]) -> bool:
    """Return whether a token belongs to an argument that the same row has once more, word for word."""
    item = _item(tokens, index)
    wanted = [token.text for token in tokens[item.start : item.stop]]
    size = len(wanted)
    return any(
        first not in item
        and not any(place in gone for place in range(first, first + size))
        and [token.text for token in tokens[first : first + size]] == wanted
        and tokens[first - 1].text in ("(", ",")
        for first in range(1, len(tokens) - size)
    )


def _item(tokens: Sequence[Token], index: int) -> range:
    """Return the tokens of the argument or parameter that a token belongs to, by the commas and brackets around."""
    first = last = index
    while first and tokens[first - 1].text not in ("(", ","):
        first -= 1
    while last < len(tokens) and tokens[last].text not in (")", ","):
        last += 1
    return range(first, last)


def _is_foreign(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token is a word of another language that Python needs no word for, at its usual place."""
    word = tokens[index].text
    if is_foreign_word(list(tokens[max(0, index - 1) : index + 2]), min(index, 1)):
        return word in ("new", "l", "L") or _begins_item(tokens, index)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if word in _MODIFIERS:
        return after is not None and after.kind in ("name", "keyword")
    ends_line = after is None or after.kind in ("newline", "comment") or after.text in (":", ";")
    if word in _WRAPPERS and ends_line:
        return True
    line = _line(tokens, index)
    # `for (i = 0; i < n; i++)` says the counter three times, Python once.
    return line[0].text.startswith("for") and _COUNTS.match(" ".join(token.text for token in line)) is not None


def _begins_item(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token begins a statement, a parameter or a loop's target, as a declaration does."""
    before = tokens[index - 1] if index else None
    return (
        before is None
        or before.kind == "newline"
        or before.text in ("(", ",", "{", "}", ";", ":", "for")
        or before.text in _MODIFIERS
        or is_foreign_word(list(tokens[max(0, index - 2) : index + 1]), min(index - 1, 1))
    )


def _is_outdated(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is only there for the syntax of Python 2, or for that of a statement in a lambda."""
    token, line = tokens[index], _line(tokens, index)
    head = line[0].text
    if token.text == "in" and head == "exec":
        return True
    if token.text == "None" and head == "raise":
        return any(other.text == "," for other in line)
    is_in_lambda = any(other.text == "lambda" for other in line if other.start < token.start)
    return token.text == "return" and is_in_lambda and tokens[index - 1].text == ":"


def _line(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    first = last = index
    while first and tokens[first - 1].kind != "newline":
        first -= 1
    while last < len(tokens) and tokens[last].kind != "newline":
        last += 1
    return tokens[first:last]
