"""Measure the position of a change: the tokens next to it, and its distance to the problem."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed, bucket, token_class

_BRACKETS_WITHIN = 200


def place_measures(changed: Changed) -> dict[str, float]:
    """Return the features of the position of a change."""
    context, change = changed.group.context, changed.change
    text, start, tokens = change.before.text, change.before.start, context.tokens
    edits = change.inside or change.candidate.edits
    first = min(max(edits[0].span.start - start, 0), len(text))
    last = min(max(edits[-1].span.end - start, 0), len(text))
    at = bisect_right(tokens, first, key=_end)
    behind = bisect_left(tokens, last, key=_start)
    head, tail = _line(tokens, at)
    line_start = text.rfind("\n", 0, first) + 1
    rest = text[max(0, edits[0].span.end - start) :].split("\n", 1)[0].lstrip()
    lines = text.count("\n", min(first, context.offset), max(first, context.offset))
    return {
        "before": bucket(token_class(tokens, at - 1)),
        "after": bucket(token_class(tokens, at)),
        "before2": bucket(token_class(tokens, at - 2)),
        "after2": bucket(token_class(tokens, behind + 1)),
        "line_head": bucket(token_class(tokens, head)),
        "line_tail": bucket(token_class(tokens, tail - 1)),
        "problem_token": bucket(token_class(tokens, context.at)),
        "at_start": edits[0].span.start == context.problem.span.start,
        "at_end": edits[0].span.start == context.problem.span.end,
        "lines_away": lines if first >= context.offset else -lines,
        "tokens_away": at - context.at,
        "tokens_from_end": at - context.at_end,
        "at_line_end": not rest or rest.startswith(context.lexis.comment),
        "at_line_start": not text[line_start:first].strip(),
        "depth": _depth(tokens, at, context.lexis),
    }


def _line(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the tokens [first, last) of the line that holds token `at`, without a comment at its end."""
    first = last = min(at, len(tokens))
    while first and tokens[first - 1].kind != "newline":
        first -= 1
    while last < len(tokens) and tokens[last].kind != "newline":
        last += 1
    return first, last - 1 if last > first and tokens[last - 1].kind == "comment" else last


def _depth(tokens: Sequence[Token], at: int, lexis: Lexis) -> int:
    depth = 0
    for token in tokens[max(0, at - _BRACKETS_WITHIN) : at]:
        if token.text in lexis.openers:
            depth += 1
        elif token.text in lexis.closers:
            depth = max(0, depth - 1)
    return depth


def _start(token: Token) -> int:
    return token.start


def _end(token: Token) -> int:
    return token.end
