"""Python's syntax for the stages: units, the lines that frame them, CPython's compiler as syntax checker."""

from __future__ import annotations

import re
from functools import lru_cache

from quickfix_ls.index.syntax import Edited, Stack, Syntax, SyntaxFault
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.facts import is_notebook, target_of
from quickfix_ls.languages.python.unit_splitter import UnitSplitter

_LINE_NUMBER = re.compile(r"\b(at|on) line (\d+)")
_FUNCTION = re.compile(r"(?:\s|@[^\n]*\n|#[^\n]*\n)*(?:async[ \t]+)?def[ \t]+(\w+)")
_OUTSIDE = re.compile(r"outside (?:function|loop)|not properly in loop")
_DEFINES = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)\b", re.MULTILINE)
_ONE_CONFLICT = re.compile(r"(?:(?![<>]{7}(?: |$))[^\n]*\n)*(?:={7}|>{7})(?: [^\n]*)?\r?")
_FORGOTTEN = "forgot a comma"
_LEXER = re.compile(r"unterminated|unmatched|does not match|literal|character|inconsistent use", re.IGNORECASE)

_AT_LAST_TOKEN = re.compile(
    r"invalid syntax|expected '[:(]'|expected an indented block.*|unexpected indent|unindent does not match.*"
    r"|unmatched .*|closing parenthesis .*",
    re.DOTALL,
)


def frame(stack: Stack, following: Stack) -> tuple[str, str]:
    """Return the lines that represent the classes around a unit: their headers before it; after it `pass`, if the unit
    is a class header whose body is the next unit."""
    prefix = "".join(f"{indent}class _:\n" for indent in ("", *stack[:-1])) if stack else ""
    return prefix, following[-1] + "pass\n" if len(following) > len(stack) else ""


_COMPILER = re.compile(
    r"outside (?:of )?(?:an? )?(?:async(?:hronous)? )?(?:function|loop)|not properly in loop"
    r"|parameter and (?:global|nonlocal)"
    r"|prior to (?:global|nonlocal)|before (?:global|nonlocal)|nonlocal declaration|no binding for nonlocal"
    r"|duplicate argument|__future__ imports must|future feature|only allowed at module level"
    r"|return' with value in async generator|'yield from' inside async"
)


def fault(text: str, prefix: str, suffix: str, environment: object) -> SyntaxFault | None:
    """Return the syntax error of a framed unit, for the version that the environment is for; see `compile_check`."""
    return compile_check(text, prefix, suffix, target_of(environment), is_notebook(environment))


def progress(message: str, start: int, after: SyntaxFault, edited: Edited) -> bool:
    """Return whether the error `after` comes later than the one with `message` at `start`, in CPython's own order of
    reporting.

    CPython reports errors of its lexer first (unterminated strings, invalid characters), then unclosed brackets, then
    errors of its parser, then those about scopes, wherever these are. An error of a later phase is progress; within a
    phase, one further down is, or an unclosed bracket further up.
    """
    before, now = _phase(message), _phase(after.message)
    if now > before:
        return True
    # CPython reports the last unclosed bracket: an earlier one means that this one is closed.
    if now == before == 1 and after.span.start < min(edited.start, start):
        return True
    # An error that is reported as a range is at the end of the range.
    wrong = after.span.end - 1 if _FORGOTTEN in after.message else after.span.start
    return wrong > max(edited.end + edited.grew, start + min(edited.grew, 0)) + 1


@lru_cache(maxsize=1024)
def is_settled(message: str) -> bool:
    """Return whether an error is at the last token that CPython has read: it reads no further where no rule of its
    grammar, and none of those that only improve the message, goes on."""
    return _AT_LAST_TOKEN.fullmatch(message) is not None


def is_follower(message: str, lines: str, later: str) -> bool:
    """Return whether a statement is outside of its function or loop because the header above has no block, as its body
    is not indented; or whether both errors are markers of one merge conflict."""
    first, _, rest = lines.partition("\n")
    if _OUTSIDE.search(later) is not None:
        return message.startswith("expected an indented block") and not _DEFINES.search(rest)
    return first.startswith("<" * 7) and _ONE_CONFLICT.fullmatch(rest) is not None


def relocate(message: str, lines: int) -> str:
    """Return the message with `lines` added to each line number that it contains."""
    return _LINE_NUMBER.sub(lambda found: f"{found[1]} line {int(found[2]) + lines}", message)


def function_name(text: str) -> str:
    """Return the name of the function or method that a unit defines, empty if it defines none."""
    found = _FUNCTION.match(text)
    return found[1] if found is not None else ""


@lru_cache(maxsize=1024)
def _phase(message: str) -> int:
    """Return the phase in which CPython reports an error: 0 in the lexer, 1 after the last token, 2 in the parser, 3 in
    what follows, about scopes and the places of statements."""
    if "never closed" in message:
        return 1
    if _COMPILER.search(message):
        return 3
    return 0 if _LEXER.search(message) else 2


SYNTAX = Syntax(
    UnitSplitter,
    frame,
    fault,
    progress,
    relocate,
    function_name=function_name,
    is_settled=is_settled,
    is_follower=is_follower,
)
