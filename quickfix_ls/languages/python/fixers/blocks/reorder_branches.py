"""Move a branch that must be the last one behind the others: an `else` before `elif` or `except`, a `finally` before
`except`, an `except` without a class before one with a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import BRANCHES, head_word
from quickfix_ls.languages.python.fixers.enclosing import block_end, in_brackets
from quickfix_ls.values import Candidate

_HEADS = frozenset({"if", "try", "for", "while"})
_MAX_LINES = 80


@fixer(
    handles="syntax",
    examples=[
        Example(
            "if a:\n    go()\nelse:\n    stop()\nelif b:\n    wait()\n",
            "if a:\n    go()\nelif b:\n    wait()\nelse:\n    stop()\n",
        ),
        Example(
            "try:\n    go()\nfinally:\n    end()\nexcept E:\n    stop()\n",
            "try:\n    go()\nexcept E:\n    stop()\nfinally:\n    end()\n",
        ),
        Example(
            "try:\n    go()\nexcept:\n    stop()\nexcept E:\n    wait()\n",
            "try:\n    go()\nexcept E:\n    wait()\nexcept:\n    stop()\n",
        ),
    ],
    leaves=["if a:\n    go()\nelse b:\n    stop()\n"],
)
def reorder_branches(context: Context) -> Iterator[Candidate]:
    lines = context.lines
    if not lines:
        return
    branches = _branches(context, min(context.line, len(lines) - 1))
    ranked = [(_rank(context, index), index) for index in branches]
    wanted = [index for _, index in sorted(ranked, key=lambda pair: pair[0])]
    if not branches or wanted == branches or any(lines[i].indent == 0 and i == 0 for i in branches):
        return
    ends = [*branches[1:], block_end(lines, branches[-1]) + 1]
    pieces = dict(zip(branches, _pieces(context, branches, ends), strict=True))
    late = next(index for index, other in zip(branches, wanted, strict=True) if index != other)
    early = [index for index in wanted if index > late and _rank(context, index) < _rank(context, late)]
    new = "".join(piece if piece.endswith("\n") else piece + "\n" for piece in (pieces[index] for index in early))
    edits = [context.edit(lines[late].start, lines[late].start, new)]
    edits += [context.edit(lines[index].start, lines[index].start + len(pieces[index]), "") for index in early]
    yield Candidate(tuple(edits), f"Move `{_header(context, early[0])}` above `{_header(context, late)}`")


def _branches(context: Context, line: int) -> list[int]:
    """Return the lines of the branches of the statement that the line belongs to, without its first header."""
    lines, indent = context.lines, context.lines[line].indent
    first = line
    while first > max(0, line - _MAX_LINES) and not (
        head_word(context, first) in _HEADS and lines[first].indent == indent
    ):
        first -= 1
        if lines[first].indent < indent and not in_brackets(context, first):
            return []
    if head_word(context, first) not in _HEADS:
        return []
    found, at = [], block_end(lines, first) + 1
    while at < len(lines) and head_word(context, at) in BRANCHES and lines[at].indent == indent:
        found.append(at)
        at = block_end(lines, at) + 1
    return found


def _rank(context: Context, index: int) -> int:
    word = head_word(context, index)
    line = context.lines[index]
    if word == "except":
        return int(line.last - line.first == 2)  # without a class
    return {"elif": 0, "else": 2, "finally": 3}.get(word, 0)


def _pieces(context: Context, starts: Sequence[int], ends: Sequence[int]) -> Iterator[str]:
    text, lines = context.region.text, context.lines
    for first, end in zip(starts, ends, strict=True):
        if end < len(lines) and end in starts:
            yield text[lines[first].start : lines[end].start]
        else:
            after = context.tokens[lines[end - 1].last - 1].end
            newline = text.find("\n", after)
            yield text[lines[first].start : newline + 1 if newline >= 0 else len(text)]


def _header(context: Context, index: int) -> str:
    line = context.lines[index]
    return context.text_of(line.first, line.last)
