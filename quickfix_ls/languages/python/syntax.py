"""Python's syntax as the stages ask for it: units, their frames, CPython's compiler as the judge."""

from __future__ import annotations

import re

from quickfix_ls.index.syntax import Edited, Stack, Syntax, SyntaxFault
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.facts import is_notebook, target_of
from quickfix_ls.languages.python.unit_splitter import UnitSplitter

_LINE_NUMBER = re.compile(r"\b(at|on) line (\d+)")
_FORGOTTEN = "forgot a comma"
_LEXER = re.compile(r"unterminated|unmatched|does not match|literal|character|inconsistent use", re.IGNORECASE)


def frame(stack: Stack, following: Stack) -> tuple[str, str]:
    """The lines that stand for the classes around a unit: their headers before it; and behind it, where it is a class
    header whose body is the next unit, a `pass`."""
    prefix = "".join(f"{indent}class _:\n" for indent in ("", *stack[:-1])) if stack else ""
    return prefix, following[-1] + "pass\n" if len(following) > len(stack) else ""


def fault(text: str, prefix: str, suffix: str, environment: object) -> SyntaxFault | None:
    """Why CPython does not compile a framed text, for the version that the environment is for; see `compile_check`."""
    return compile_check(text, prefix, suffix, target_of(environment), is_notebook(environment))


def progress(before: SyntaxFault, after: SyntaxFault, edited: Edited) -> bool:
    """Whether the fault `after` comes later than `before` in CPython's own order of reporting.

    CPython reports what stops its lexer first (open quotes, wrong characters), then brackets that stay open, then
    what stops its parser, wherever these are; so an error of a later sort is progress, and else one further down,
    or a bracket further up that stays open.
    """
    if _turn(after.message) > _turn(before.message):
        return True
    # Of brackets that stay open CPython reports the last: an earlier one means that this one is closed.
    if _turn(after.message) == _turn(before.message) == 1 and after.span.start < min(
        edited.span.start, before.span.start
    ):
        return True
    # A range that is reported as a whole goes wrong at its end.
    wrong = after.span.end - 1 if _FORGOTTEN in after.message else after.span.start
    return wrong > max(edited.span.end + edited.grew, before.span.start + min(edited.grew, 0)) + 1


def relocate(message: str, lines: int) -> str:
    """The message with `lines` added to the line numbers that CPython names in it."""
    return _LINE_NUMBER.sub(lambda found: f"{found[1]} line {int(found[2]) + lines}", message)


def _turn(message: str) -> int:
    """When CPython comes to report an error: 0 while it cuts tokens, 1 at their end, 2 as it parses them."""
    if "never closed" in message:
        return 1
    return 0 if _LEXER.search(message) else 2


SYNTAX = Syntax(UnitSplitter, frame, fault, progress, relocate)
