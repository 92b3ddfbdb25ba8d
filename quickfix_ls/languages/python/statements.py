"""The statements of a block as regions of their own, for the repair of one of many errors in a long function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.documents.formats.python_code import SCAN, end_of_triple
from quickfix_ls.index.index import Region

_HEAD = re.compile(r"(?P<indent>[ \t\f]*)(?P<word>\w+|[^\s\w])?")
_OPENING = re.compile(r"(?P<indent>[ \t\f]*)(?P<words>async[ \t]+def\b|\w+)?")
_CONTINUES = frozenset({"else", "elif", "except", "finally", "case", ")", "]", "}"})
_SYNCS = frozenset({"def", "class", "if", "for", "while", "with", "return", "try", "import", "from", "raise"})
"""Words that only begin statements: they end all open brackets. In brackets, `if` and `for` begin a line too, but
seldom at the indentation of the body."""
_PLACEHOLDERS = {
    **dict.fromkeys(("def", "function", "func", "fn"), "def _():"),
    **{"async def": "async def _():", "class": "class _:"},
    **dict.fromkeys(("for", "while", "async", "foreach"), "while 0:"),
}
_LIKE_DEFINITION = re.compile(
    r"[ \t\f]*(?!(?:if|elif|while|for|with|except|match|case|assert|not)\b)\w+[ \t]+\w+[ \t]*\("
)


def statements(region: Region) -> list[Region]:
    """Return the header of a region that is one block, and each statement of its body, framed to be parsed apart.

    The list is empty if the region is no block, or if its body ends before the region does. The text need not be well
    formed: a statement begins at each line with the indentation of the first line of the body, unless it continues one.
    """
    text = region.text
    starts = list(_starts(text))
    if len(starts) < 2 or starts[-1] < 0:
        return []
    header = text[: starts[1]]
    body = _HEAD.match(text, starts[1])
    assert body is not None
    frame = region.prefix + _placeholder(header)
    ends = [*starts[2:], len(text)]
    bodies = [
        Region(text[start:end], region.start + start, frame, "" if end < len(text) else region.suffix)
        for start, end in zip(starts[1:], ends, strict=True)
    ]
    return [Region(header, region.start, region.prefix, f"{body['indent']}pass\n"), *bodies]


def _placeholder(header: str) -> str:
    """Return a line that may stand for the header of a block: the same statements may follow it."""
    lines = (line for line in header.splitlines() if line.strip() and line.lstrip()[0] not in "@#")
    line = next(lines, "")
    opening = _OPENING.match(line)
    assert opening is not None
    words = " ".join((opening["words"] or "").split())
    unknown = "def _():" if _LIKE_DEFINITION.match(line) else "if 0:"
    return opening["indent"] + _PLACEHOLDERS.get(words, unknown) + "\n"


def _starts(text: str) -> Iterator[int]:
    """Yield 0, then the offset of each statement of the body; at last -1 if the body ends before the text does."""
    yield 0
    header, body = "", ""
    seen_header = decorated = False
    position = depth = 0
    while position < len(text):
        head = _HEAD.match(text, position)
        assert head is not None
        indent, word = head["indent"], head["word"] or ""
        begins = word not in ("", "#") and (not depth or word in _SYNCS)
        if begins and not seen_header:
            header, seen_header = indent, word != "@"
        elif begins and not body and len(indent) > len(header):
            body, depth, decorated = indent, 0, word == "@"
            yield position
        elif begins and body and len(indent) < len(body):
            yield -1
            return
        elif begins and indent == body and body and word not in _CONTINUES:
            depth = 0
            if not decorated:
                yield position
            decorated = word == "@"
        position, depth = _next_line(text, position, depth)


def _next_line(text: str, position: int, depth: int) -> tuple[int, int]:
    """Return the offset at which the next line begins, strings and joined lines skipped, and its depth in brackets."""
    while found := SCAN.search(text, position):
        position = found.end()
        if found.lastgroup == "newline":
            return position, depth
        if found.lastgroup == "triple":
            closed = end_of_triple(text, position, found.group(), len(text))
            position = position if closed is None else closed
        elif found.lastgroup == "open":
            depth += 1
        elif found.lastgroup == "close":
            depth = max(0, depth - 1)
    return len(text), depth
