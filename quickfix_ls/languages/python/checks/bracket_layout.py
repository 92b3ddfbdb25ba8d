"""Check that a bracket is not closed against the indentation: of `{'a': {` and a key at the column of `'a'`, the inner
one ends before that key."""

from __future__ import annotations

from functools import lru_cache

from quickfix_ls.index.index import Region
from quickfix_ls.languages.python.fixers.bracket_layout import missing_closers
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.languages.python.statement_lines import statement_starts
from quickfix_ls.lexing.layout import lines_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 1
STAGE = "step"


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if a change adds a closing bracket so that lines stand in a bracket that
    ends before them by their indentation, where the closing brackets that the indentation asks for repair the
    region."""
    if not kind_of(change.problem).stepwise or not any(closer in e.text for e in change.inside for closer in CLOSERS):
        return ""
    laid_out = _closed_by_layout(change.before.text)
    if not laid_out or change.after.text == laid_out:
        return ""
    if _outdented(change.after.text) <= _outdented(laid_out):
        return ""
    before = change.before
    if change.index.fault(Region(laid_out, before.start, before.prefix, before.suffix)) is None:
        raise Refused("the indentation shows that the bracket ends elsewhere")
    return ""


@lru_cache(maxsize=32)
def _closed_by_layout(text: str) -> str:
    """Return the text with the closing brackets that its indentation asks for; empty if it shows none, or if a bracket
    would be empty: then its content is not indented, and shows nothing."""
    tokens = lex(text)
    lines = lines_of(tokens)
    brackets = LEXIS.brackets_of(tokens, lines)
    wrong = (*brackets.unclosed, *(opener for opener, _ in brackets.mismatched))
    starts = statement_starts(tokens, lines)
    firsts = {starts[next(n for n, line in enumerate(lines) if line.first <= at < line.last)] for at in wrong}
    missing = [each for first in firsts for each in missing_closers(tokens, lines, first)]
    if any(text[: each.offset].rstrip().endswith(tuple(OPENERS)) for each in missing):
        return ""
    for each in sorted(missing, key=lambda each: -each.offset):
        text = text[: each.offset] + each.text + text[each.offset :]
    return text if missing else ""


@lru_cache(maxsize=64)
def _outdented(text: str) -> int:
    """Return how many lines stand, by their indentation, outside of a bracket that is open before them: one that is the
    last token of its line."""
    tokens = lex(text)
    count, stack = 0, list[int]()
    for line in lines_of(tokens):
        if stack and tokens[line.first].text not in CLOSERS and line.indent <= max(stack):
            count += 1
        for index in range(line.first, line.last):
            if tokens[index].kind == "op" and tokens[index].text in OPENERS:
                stack.append(line.indent if index == line.last - 1 else -1)
            elif tokens[index].kind == "op" and tokens[index].text in CLOSERS and stack:
                stack.pop()
    return count
