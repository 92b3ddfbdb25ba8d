"""Close a bracket that is never closed, at each place where it may have been meant to end: `print(max(1, 2)` becomes
`print(max(1, 2))`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.half_typed import stands_alone
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS, begins_statement
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Safety

_MAX_PLACES, _MAX_COMMAS = 14, 6


@fixer(
    handles="syntax",
    examples=[
        Example("print(max(1, 2)\n", "print(max(1, 2))\n"),
        Example("if any(x for x in y:\n    go()\n", "if any(x for x in y):\n    go()\n"),
        Example(
            "values = [\n    1,\n    2,\n\nprint(values)\n",
            "values = [\n    1,\n    2,\n]\n\nprint(values)\n",
        ),
        Example("a = foo(1, bar(2, [3, 4\nb = 2\n", "a = foo(1, bar(2, [3, 4]))\nb = 2\n"),
        Example("x = (1 + 2\ny = 3\n", "x = (1 + 2)\ny = 3\n"),
        Example("print(\ny = 3\n", "print()\ny = 3\n"),
        Example("x = f(g(1,\n      2)\ny = 3\n", "x = f(g(1),\n      2)\ny = 3\n"),
    ],
    leaves=["print(1))\n"],
)
def close_bracket(context: Context) -> Iterator[Candidate]:
    unclosed = [index for index in context.brackets.unclosed if _is_near(context, index)]
    if not unclosed:
        return
    if len(unclosed) > 1:
        yield from _close_all(context, unclosed)
    for opener in reversed(unclosed[-4:]):
        yield from _close_single(context, opener)


def _is_near(context: Context, opener: int) -> bool:
    offset = context.tokens[opener].start
    return context.offset - 4000 <= offset <= context.offset + 400


def _close_single(context: Context, opener: int) -> Iterator[Candidate]:
    tokens = context.tokens
    closer = OPENERS[tokens[opener].text]
    at_ends = islice(_places(context, opener, closer), _MAX_PLACES)
    for place, text in (*at_ends, *islice(_before_commas(context, opener, closer), _MAX_COMMAS)):
        # A bracket with nothing in it may be one that is being typed.
        safety: Safety = "needs-a-look" if place == tokens[opener].end else "safe"
        yield Candidate((context.edit(place, place, text),), _title(context, opener, place, closer), safety=safety)


def _close_all(context: Context, unclosed: list[int]) -> Iterator[Candidate]:
    """Yield candidates that close all open brackets of a statement at the same place."""
    closers = "".join(OPENERS[context.tokens[index].text] for index in reversed(unclosed))
    for count, (place, _) in enumerate(_places(context, unclosed[-1], "")):
        if count == 3:
            return
        yield Candidate((context.edit(place, place, closers),), _title(context, unclosed[0], place, closers))


def _places(context: Context, opener: int, closer: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, text to insert) for each place where the bracket may close: line ends first, then places within
    its own line."""
    tokens, lines = context.tokens, context.lines
    first = next((i for i, line in enumerate(lines) if line.first <= opener < line.last), None)
    if first is None:
        return
    for index in range(first, min(first + 40, len(lines))):
        line = lines[index]
        if index > first and begins_statement(tokens, line):
            break
        end = line.last
        if tokens[end - 1].text == ":" and end - 2 >= opener and _is_header(context, first):
            yield tokens[end - 2].end, closer
        following = lines[index + 1] if index + 1 < len(lines) else None
        if end - 1 == opener and following is not None and _is_apart(context, following):
            yield tokens[opener].end, closer
        hanging = tokens[end - 1].text == "," or end - 1 == opener
        if hanging and (following is None or following.indent <= lines[first].indent):
            yield (
                tokens[end - 1].end,
                "\n" + context.region.text[lines[first].start :][: lines[first].indent] + closer,
            )
        if end - 1 > opener or following is None:
            yield tokens[end - 1].end, closer
    yield from _inner_places(context, opener, lines[first].last, closer)


def _is_apart(context: Context, line: Line) -> bool:
    """Return whether a line can hardly be in the bracket that is open before it."""
    return begins_statement(context.tokens, line) or stands_alone(context.tokens[line.first : line.last])


def _before_commas(context: Context, opener: int, closer: str) -> Iterator[tuple[int, str]]:
    """Yield the places before a comma at the end of a line."""
    tokens = context.tokens
    for line in context.lines:
        comma = line.last - 1
        if comma - 1 > opener and tokens[comma].text == ",":
            yield tokens[comma - 1].end, closer
        if line.first > opener and begins_statement(tokens, line):
            return


def _inner_places(context: Context, opener: int, last: int, closer: str) -> Iterator[tuple[int, str]]:
    """Yield the token boundaries on the bracket's own line at its own depth, the last first."""
    tokens = context.tokens
    depth = 0
    places = []
    for index in range(opener + 1, last - 1):
        text = tokens[index].text
        depth += (text in OPENERS) - (text in CLOSERS)
        if depth < 0:
            places.append(tokens[index - 1].end)
            break
        if depth == 0 and tokens[index + 1].text not in OPENERS and text not in (",", ".", "="):
            places.append(tokens[index].end)
    yield from ((place, closer) for place in reversed(places))


def _is_header(context: Context, index: int) -> bool:
    return context.tokens[context.lines[index].first].text in BLOCK_KEYWORDS


def _title(context: Context, opener: int, place: int, closer: str) -> str:
    shown = context.region.text[max(0, context.tokens[opener].start - 20) : place].split("\n")[-1].strip()
    what = "bracket" if len(closer) == 1 else "brackets"
    return f"Close the {what}: `{ending(shown)}{closer}`"
