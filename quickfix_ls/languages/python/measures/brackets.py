"""Features of brackets: whether lines and operators in the changed statement look as if the brackets were meant so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python.checks.changed_code import tree_after
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.languages.python.measures.meaning import touched_nodes
from quickfix_ls.languages.python.measures.odd_values import is_odd
from quickfix_ls.languages.python.statement_lines import statement_starts
from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.features import Feature
from quickfix_ls.ranking.measures import Changed

FEATURES = (
    Feature("odd_lines", "lines in brackets whose indentation contradicts where these end", "lines", 0, 20),
    Feature("atom_groups", "groups around a single operand in the edited lines: `(x) > 3`", "groups", 0, 20),
    Feature("idle_groups", "other groups there that change nothing: `(a * b) + c`", "groups", 0, 20),
    Feature("odd_values", "operands of a type that hardly fits there: `len(x > 3)`; -1: not parsed", "places", -1, 20),
)

_MAX_LINES, _MAX_COUNT = 60, 20
_OPERANDS = frozenset({"name", "number", "string"})
_PRECEDENCE = {
    **dict.fromkeys(("or",), 2),
    **dict.fromkeys(("and",), 3),
    **dict.fromkeys(("not",), 4),
    **dict.fromkeys(("in", "is", "<", ">", "==", "!=", "<=", ">="), 5),
    **dict.fromkeys(("|",), 6),
    **dict.fromkeys(("^",), 7),
    **dict.fromkeys(("&",), 8),
    **dict.fromkeys(("<<", ">>"), 9),
    **dict.fromkeys(("+", "-"), 10),
    **dict.fromkeys(("*", "/", "//", "%", "@"), 11),
    **dict.fromkeys(("**", "."), 12),
    **dict.fromkeys(("if", "else", "lambda", ":="), 1),
}
_LISTED = frozenset({",", "for", "=", "yield", ":", "*"})


def bracket_measures(changed: Changed) -> dict[str, float]:
    """Return the values of FEATURES for a change."""
    atoms, idle = _groups(changed.run.after)
    is_parsed = changed.change.fault is None and tree_after(changed.change) is not None
    odd = sum(map(is_odd, touched_nodes(changed.change))) if is_parsed else -1
    found = {"odd_lines": _odd_lines(changed), "atom_groups": atoms, "idle_groups": idle, "odd_values": odd}
    return {name: float(min(count, _MAX_COUNT)) for name, count in found.items()}


# -- lines --------------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """The tokens of a line of code, and its indentation."""

    tokens: Sequence[Token]
    indent: int


def _odd_lines(changed: Changed) -> int:
    """Count the lines of the changed statement whose indentation contradicts its brackets."""
    stack: list[tuple[int, bool]] = []
    found = 0
    for count, (row, is_behind) in enumerate(_rows(changed)):
        if is_behind and (not stack or count > _MAX_LINES):
            break
        leads = row.tokens[0].text in CLOSERS
        if stack:
            indent, hangs = stack[-1]
            found += (hangs and row.indent != indent) if leads else row.indent <= indent
        for place, token in enumerate(row.tokens):
            leads = leads and token.text in CLOSERS
            if token.text in OPENERS and token.kind == "op":
                stack.append((row.indent, place == len(row.tokens) - 1))
            elif token.text in CLOSERS and token.kind == "op" and stack:
                # What begins on a line of its own ends on one.
                _, hangs = stack.pop()
                found += hangs and not leads
    return found


def _rows(changed: Changed) -> Iterator[tuple[_Row, bool]]:
    """Yield the lines after the change, from the beginning of the statement on, and whether they are behind the edited
    ones."""
    lexed, run = changed.group.lexed, changed.run
    starts = changed.group.context.derived(_starts)
    first = starts[run.kept] if run.kept < len(starts) else run.kept
    for line in lexed.lines[first : run.kept]:
        yield _row(lexed.tokens, line), False
    for line in lines_of(run.after, run.start):
        yield _row(run.after, line), False
    for line in lexed.lines[run.resumed :]:
        yield _row(lexed.tokens, line), True


def _row(tokens: Sequence[Token], line: Line) -> _Row:
    return _Row(tokens[line.first : line.last], line.indent)


def _starts(context: Context) -> list[int]:
    return statement_starts(context.tokens, context.lines)


# -- groups -------------------------------------------------------------------------------------------------------


def _groups(tokens: Sequence[Token]) -> tuple[int, int]:
    """Count the parentheses around a single operand, and the others that could be left out; calls, tuples and groups
    over lines don't count."""
    atoms = idle = 0
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.text in OPENERS and token.kind == "op":
            stack.append(index)
        elif token.text in CLOSERS and token.kind == "op" and stack:
            opener = stack.pop()
            if token.text == ")" and tokens[opener].text == "(" and _is_group(tokens, opener):
                signs = _top(tokens, opener, index)
                if signs is None:
                    continue
                atoms += not signs
                around = max(_binding(tokens, opener - 1), _binding(tokens, index + 1))
                idle += bool(signs) and min(map(_PRECEDENCE.__getitem__, signs)) > around
    return atoms, idle


def _is_group(tokens: Sequence[Token], opener: int) -> bool:
    before = tokens[opener - 1] if opener else None
    return before is None or not (before.kind in _OPERANDS or before.text in CLOSERS)


def _top(tokens: Sequence[Token], opener: int, closer: int) -> list[str] | None:
    """Return the operators of a group outside of its inner brackets; None for a tuple, a generator, several lines."""
    depth, signs = 0, []
    for token in tokens[opener + 1 : closer]:
        depth -= token.text in CLOSERS
        if token.kind == "newline":
            return None
        if depth == 0 and token.text in _LISTED and token.text != "*":
            return None
        if depth == 0 and token.text in _PRECEDENCE and token.text != ".":
            signs.append(token.text)
        depth += token.text in OPENERS
    return None if closer == opener + 1 else signs


def _binding(tokens: Sequence[Token], index: int) -> int:
    """Return how strongly a token beside a group binds it; 0 for none."""
    return _PRECEDENCE.get(tokens[index].text, 0) if 0 <= index < len(tokens) else 0
