"""Text that lacks its quotes: words, paths, addresses, dates and the like where an operand belongs."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quickfix_ls.languages.python.fixers.fstring_fields import is_expression
from quickfix_ls.languages.python.lexer import KEYWORDS

_BUILTINS = frozenset(dir(builtins))
_STRING = re.compile(r"(?<!\w)[rRbBuUfF]{0,2}([\"'])((?:[^\\\"']|\\.|(?!\1)[\"'])*)\1(?!\w)")
_GROUP = re.compile(r"(?P<callee>[\w.]*)(?P<opener>[(\[{])(?P<content>[^()\[\]{}]*)[)\]}]")
_KEYWORD_ARGUMENT = re.compile(r"\s*(?:[^\W\d]\w*[ \t]*=(?!=)[ \t]*|\*\*?)")
_KEY = re.compile(r"[^:]*?(?:[\w\"'\])])[ \t]*:(?!\d|//|\\)[ \t]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_RUN = re.compile(r"[^\W\d]\w*[ \t]+[^\W\d]\w*")
_PUNCTUATED = re.compile(r"[ \t]*[^\W\d][\w'’ \t,-]*[!?.:]+[ \t]*")
_SPECIAL = re.compile(
    r"(?:[a-z]{3,6}://[^\s,]+|[A-Za-z]:\\[^\n,\"']*|~?(?:/[\w.-]+)+/?|\.{1,2}[/\\][\w.\\/-]+|\d+(?:\.\d+){2,}"
    r"|\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?|\d+[a-z]\w*|\d+%|[$€£]\d[\d.,]*"
    r"|[\w.+-]+@[\w-]+\.[\w.]+|\d+\.[ \t]+\w.*|[\w-]+(?:\\[\w.-]+)+)"
)
_STATEMENT = re.compile(
    r"(?:^|:)[ \t]*(?:return|[\w.\[\]'\"]+[ \t]*[+]?=)[ \t]+(?P<plain>[^\s=].*?)[ \t]*$"
    r"|[=!]=[ \t]*(?P<compared>[^\W\d][\w '’!?.,-]*?)[ \t]*(?=:[ \t]*$|\)|\band\b|\bor\b)"
)
_TEXT = re.compile(r"[\w \t'’.,!?:;%$&/-]+")


class BareText(NamedTuple):
    """The (start, end) offsets of a text in its line, and whether it has fields, as an f-string has."""

    start: int
    end: int
    has_fields: bool = False


IsBound = Callable[[str], bool]


def bare_texts(line: str, is_bound: IsBound) -> Iterator[list[BareText]]:
    """Yield the texts of each place of a line that lack their quotes, the innermost brackets first.

    `line` may have an error anywhere; `is_bound` returns whether a name is defined.
    """
    masked = _without_comment(_STRING.sub(_same_length, line))
    for _ in range(8):
        group = _GROUP.search(masked)
        if group is None:
            break
        content, start = group["content"], group.start("content")
        if group["opener"] == "{" and _is_field(masked, group):
            masked = f"{masked[: group.start()]}{chr(1) * len(group[0])}{masked[group.end() :]}"
            continue
        is_call = group["opener"] == "(" and bool(group["callee"]) and group["callee"] not in KEYWORDS
        found = _in_call(content, is_bound) if is_call else _in_display(content, group["opener"], is_bound)
        if found:
            yield [text._replace(start=start + text.start, end=start + text.end) for text in found]
        masked = f"{masked[: group.start()]}{'x' * len(group[0])}{masked[group.end() :]}"
    for statement in _STATEMENT.finditer(masked):
        kind = "plain" if statement["plain"] else "compared"
        text = statement[kind]
        if _is_special(text) or (
            _TEXT.fullmatch(text) and _is_prose(text, is_bound) and not _has_bound(text, is_bound)
        ):
            yield [BareText(*statement.span(kind))]


def _same_length(found: re.Match[str]) -> str:
    return f'"{"_" * (len(found[0]) - 2)}"'


def _without_comment(line: str) -> str:
    return (
        line.split("#", 1)[0] if "#" in line and not line.split("#", 1)[0].rstrip().endswith(("(", ",", "=")) else line
    )


def _is_field(line: str, group: re.Match[str]) -> bool:
    """Return whether braces hold a field in a text rather than a set or dict: words are in front of them."""
    before = line[: group.start()].rstrip()
    return before[-1:].isalpha() and is_expression(group["content"]) and ":" not in group["content"]


def _in_call(content: str, is_bound: IsBound) -> list[BareText]:
    """Return the texts among the arguments of a call: commas may belong to a text."""
    pieces = _pieces(content)
    kinds = [_kind(content[start:end], is_bound) for start, end in pieces]
    found: list[BareText] = []
    number = 0
    while number < len(pieces):
        if kinds[number] not in ("text", "named") and not (kinds[number] == "word" and "text" in kinds[number:]):
            number += 1
            continue
        last = number
        while last + 1 < len(pieces) and kinds[last + 1] in ("text", "word"):
            last += 1
        if kinds[number] == "named" or "text" in kinds[number : last + 1]:
            found.append(_trimmed(content, pieces[number][0], pieces[last][1]))
        number = last + 1
    return found


def _in_display(content: str, opener: str, is_bound: IsBound) -> list[BareText]:
    """Return the texts among the items of a list, set, tuple or dict, or between brackets for grouping."""
    found: list[BareText] = []
    words: list[BareText] = []
    for start, end in _pieces(content):
        key = _KEY.match(content[start:end]) if opener == "{" else None
        begin = start + key.end() if key else start
        known = found or words
        if opener == "{" and not key and known and _kind(content[begin:end], is_bound) in ("text", "word"):
            # The rest of a value with a comma.
            found.append(_trimmed(content, known.pop().start, end))
            continue
        text = content[begin:end]
        kind = _kind(text, is_bound)
        if kind in ("text", "named"):
            found.append(_trimmed(content, begin, end))
        elif kind == "word":
            words.append(_trimmed(content, begin, end))
    return sorted(found + words) if found else []


def _pieces(content: str) -> list[tuple[int, int]]:
    """Return the spans between the commas of a text."""
    found: list[tuple[int, int]] = []
    start = 0
    for piece in content.split(","):
        found.append((start, start + len(piece)))
        start += len(piece) + 1
    return found


def _kind(piece: str, is_bound: IsBound) -> str:
    """Return what a piece between commas is: a `text` without quotes, one that is a `named` argument, a single unknown
    `word`, or `code`."""
    argument = _KEYWORD_ARGUMENT.match(piece)
    text = piece[argument.end() :] if argument else piece
    if '"' in text or not text.strip():
        return "code"
    is_text = "named" if argument else "text"
    if _is_special(text.strip()) or (chr(1) in text and _is_prose(text.replace(chr(1), "x"), is_bound)):
        return is_text
    if is_expression(text):
        is_word = text.strip().isidentifier() and text.strip() not in KEYWORDS and not is_bound(text.strip())
        return "word" if is_word and not argument else "code"
    return is_text if _is_prose(text, is_bound) else "code"


def _is_special(text: str) -> bool:
    return _SPECIAL.fullmatch(text) is not None and not is_expression(text)


def _is_prose(text: str, is_bound: IsBound) -> bool:
    """Return whether a text reads like words, one of which at least is no known name."""
    if not (_RUN.search(text) or _PUNCTUATED.fullmatch(text) or ("'" in text and _WORD.match(text.strip()))):
        return False
    if re.search(r"(?<!\w)['’]|['’](?=\W*\Z)|(?<!:)//|[=<>+*&|^~@;“”„‟‘«»`]|\w\(", text):
        return False
    return any(word not in KEYWORDS and not is_bound(word) for word in _WORD.findall(text))


def _has_bound(text: str, is_bound: IsBound) -> bool:
    """Return whether a text has a name that the file defines."""
    return any(word not in KEYWORDS and word not in _BUILTINS and is_bound(word) for word in _WORD.findall(text))


def _trimmed(content: str, start: int, end: int) -> BareText:
    """Return a text without the white space around it; that behind its punctuation belongs to it."""
    argument = _KEYWORD_ARGUMENT.match(content, start, end)
    start = argument.end() if argument else start
    text = content[start:end]
    start += len(text) - len(text.lstrip())
    stripped = text.rstrip()
    is_prompt = stripped[-1:] in (":", "?", ">", ".", "!") and len(text) - len(stripped) == 1
    return BareText(start, end if is_prompt else end - (len(text) - len(stripped)), chr(1) in text)
