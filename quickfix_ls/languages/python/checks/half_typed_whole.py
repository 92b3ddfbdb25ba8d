"""Check that a whole repair does not finish an unfinished statement by guessing, in one step or in several, and does
not join the statement below to it."""

from __future__ import annotations

from quickfix_ls.languages.python.checks import half_typed
from quickfix_ls.languages.python.half_typed import half_typed_lines, statements_below
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.lexing.layout import lines_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"


def check(change: Change) -> str:
    """Return an empty string. Raises Refused as `half_typed.check` does, for the line that the problem is about, or if
    the statement below that line would be in a bracket that it opens."""
    if not kind_of(change.problem).stepwise:
        return ""
    origin, below = change.before.start, half_typed.below_region(change)
    at = change.problem.span.start - origin
    # Other lines may only seem unfinished, where a quote before them is missing.
    wrong = (line for line in half_typed_lines(change.before.text, below) if line[0] <= at <= line[1])
    half_typed.check_lines(change, wrong)
    for first, last, start in statements_below(change.before.text, below):
        if first <= at <= last and all(
            edit.span.end - origin <= start or edit.span.start - origin > start for edit in change.inside
        ):
            grown = sum(edit.growth for edit in change.inside if edit.span.end - origin <= start)
            if _is_in_bracket(change.after.text, start + grown):
                raise Refused("it joins the next statement to an unfinished one")
    return ""


def _is_in_bracket(text: str, offset: int) -> bool:
    """Return whether the token at an offset is between a bracket and its partner."""
    tokens = lex(text)
    brackets = LEXIS.brackets_of(tokens, lines_of(tokens))
    pairs = ((tokens[opener].start, tokens[closer].start) for opener, closer in brackets.partner.items())
    return any(opener < offset < closer for opener, closer in pairs)
