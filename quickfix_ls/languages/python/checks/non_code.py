"""Recognition of text that is not code, which an edit may delete although it contains words: prompts and printed
output, line numbers, Markdown fences, conflict markers and signs of a patch that were copied along with code, and
keywords of other languages that have no equivalent in Python."""

from __future__ import annotations

import re

from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.lexing.tokens import Token

_PROMPT = re.compile(r"[ \t]*(?:>>>|\.\.\.:?|(?:In|Out) ?\[\d+\]:)[ ]?")
_CODE_PROMPT = re.compile(r"[ \t]*(?:>>>|\.\.\.|In ?\[\d+\]:)(?: |\r?$)", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*(?:\r?\n)?")
_ADDED_LINE = re.compile(r"\+(?:[ \t]{2,}\w|[ \t]*(?:" + "|".join(sorted(KEYWORDS)) + r")\b)")
_NUMBER = re.compile(r"[ \t]*(\d{1,5})[.:|)]?[ \t]*")
_LINE_NUMBER = re.compile(r"[ \t]*(\d{1,5})(?![\w])")
_OURS_OPEN, _BASE, _MIDDLE, _CLOSE = (re.compile(rf"{sign}{{7}}(?: [^\n]*)?\r?") for sign in ("<", r"\|", "=", ">"))
_SHORTEST = 4
_DECLARES = frozenset(
    ["var", "let", "const", "int", "float", "double", "char", "boolean", "bool", "string", "String", "auto", "new"]
)
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->", re.DOTALL)


def is_stray(text: str, start: int, end: int) -> bool:
    """Return whether text[start:end], which an edit deletes without replacement, is not code."""
    deleted = text[start:end]
    if text[text.rfind("\n", 0, start) + 1 : start].strip():
        return False
    ends_line = end >= len(text) or deleted.endswith("\n")
    if _PROMPT.fullmatch(deleted):
        return True
    if deleted == "+" and _ADDED_LINE.match(text, start) and text[start - 1 : start] in ("", "\n"):
        return True
    if ends_line and _FENCE.fullmatch(deleted):
        return True
    if ends_line and _is_outside_of_fence(text, start, end):
        return True
    if ends_line and _is_printed(text, start, end):
        return True
    if ends_line and is_cut_line(text, start, end):
        return True
    number = _NUMBER.fullmatch(deleted)
    if number and _is_numbered(text, start, end, int(number.group(1))):
        return True
    return ends_line and _is_side_of_conflict(deleted)


def is_cut_line(text: str, start: int, end: int) -> bool:
    """Return whether the text is a line that the next line of code begins with: the same line, cut off."""
    words = text[start:end].strip()
    below = text[end:].lstrip()
    return len(words) >= _SHORTEST and "\n" not in words and below.startswith(words)


def is_one_side(deleted: str) -> bool:
    """Return whether the text is a side of a merge conflict: a marker with lines of code after it."""
    return "\n" in deleted.removesuffix("\n") and _is_side_of_conflict(deleted)


def is_translated_comment(deleted: str, added: str) -> bool:
    """Return whether an edit rewrites a block comment of another language with `#`, word for word; code behind it may
    be put in front of it."""
    block = _BLOCK_COMMENT.match(deleted)
    if block is None:
        return False
    code, sign, comment = added.partition("#")
    rest = deleted[block.end() :]
    if code.strip() or rest.strip():
        return bool(sign) and code.split() == rest.split() and _words(comment) == _words(block.group())
    return all(line.lstrip().startswith("#") for line in added.split("\n")) and _words(deleted) == _words(added)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def is_foreign_word(tokens: list[Token], index: int, follows: str = "") -> bool:
    """Return whether a token is a keyword for declarations or construction in another language directly before a name,
    which is never valid in Python; or the `l` of a long number. `follows` is the text after the last token."""
    token = tokens[index]
    if token.text in ("l", "L") and index and tokens[index - 1].kind == "number":
        return tokens[index - 1].end == token.start
    if token.text not in _DECLARES:
        return False
    if index + 1 < len(tokens):
        return tokens[index + 1].kind == "name"
    return re.match(r"[ \t]*[^\W\d]", follows) is not None


def _is_outside_of_fence(text: str, start: int, end: int) -> bool:
    """Return whether the text is the beginning or the end of the source up to a Markdown fence, fence included, without
    any line of code."""
    lines = text[start:end].splitlines(keepends=True)
    prose = lines[:-1] if start == 0 else lines[1:] if end == len(text) else None
    if not prose or _FENCE.fullmatch(lines[-1] if start == 0 else lines[0]) is None:
        return False
    # A line that compiles may be code outside of the fence, except for a single word.
    return all(
        not line.strip() or line.strip().isidentifier() or compile_check(line.strip()) is not None for line in prose
    )


def _is_printed(text: str, start: int, end: int) -> bool:
    """Return whether the text is output of an interactive session: whole lines without prompt between a line with a
    prompt and the next one, a blank line or the end."""
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]
    lines = text[start:end].splitlines()
    if not _CODE_PROMPT.match(above) or any(_CODE_PROMPT.match(line) or not line.strip() for line in lines):
        return False
    below = text[end:].split("\n", 1)[0]
    return not below.strip() or _CODE_PROMPT.match(below) is not None


def _is_numbered(text: str, start: int, end: int, number: int) -> bool:
    """Return whether the line above or the one below begins with the number before or after this one."""
    head = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(0, head - 1)) + 1 : head] if head else ""
    newline = text.find("\n", end)
    below = text[newline + 1 :] if newline >= 0 else ""
    for line, wanted in ((above, number - 1), (below, number + 1)):
        found = _LINE_NUMBER.match(line)
        if found and int(found.group(1)) == wanted:
            return True
    return False


def _is_side_of_conflict(deleted: str) -> bool:
    """Return whether the text is a marker of a merge conflict, or one side with the marker before it, and with the
    marker after it if that ends the conflict. An edit can't delete both sides, since each needs the `=======` between
    them."""
    lines = deleted.removesuffix("\n").split("\n")
    if len(lines) == 1:
        return any(mark.fullmatch(lines[0]) for mark in (_OURS_OPEN, _BASE, _MIDDLE, _CLOSE))
    inner = lines[1:-1]
    if any(mark.fullmatch(line) for line in inner for mark in (_OURS_OPEN, _CLOSE)):
        return False
    middles = sum(_MIDDLE.fullmatch(line) is not None for line in inner)
    if _OURS_OPEN.fullmatch(lines[0]) and _MIDDLE.fullmatch(lines[-1]):
        return middles == 0
    if _MIDDLE.fullmatch(lines[0]) and _CLOSE.fullmatch(lines[-1]):
        return middles == 0
    if _BASE.fullmatch(lines[0]):
        return (_CLOSE.fullmatch(lines[-1]) is not None and middles == 1) or (
            _MIDDLE.fullmatch(lines[-1]) is not None and middles == 0
        )
    return False
