"""Make a string raw, or double its backslashes, where the compiler or a checker warns of an invalid escape: `"\\d+"`
becomes `r"\\d+"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.strings.double_backslashes import doubling, strings_on_lines
from quickfix_ls.languages.python.fixers.strings.make_raw_string import raw
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_TOLD = re.compile(r"\\[^\\\s]")
_WARNED = ("", "SyntaxWarning", "invalid escape sequence '\\d'")


@fixer(
    handles=RUN,
    errors=("SyntaxWarning", "DeprecationWarning"),
    examples=[
        Example('$0x = re.findall("\\d+", line)\n', 'x = re.findall(r"\\d+", line)\n', _WARNED),
        Example('$0x = re.findall("\\d+", line)\n', 'x = re.findall("\\\\d+", line)\n', _WARNED),
        Example('$0x = "\\d and\\n"\n', 'x = "\\\\d and\\n"\n', _WARNED),
    ],
)
def keep_backslashes(context: Context) -> Iterator[Candidate]:
    if "escape sequence" not in context.problem.message and "backslash" not in context.problem.message:
        return
    found = [(token, parts) for token, parts in strings_on_lines(context) if parts.unknown()]
    told = _TOLD.search(context.problem.message)
    if told and any(told.group() in token.text for token, _ in found):
        found = [(token, parts) for token, parts in found if told.group() in token.text]
    if found and all(parts.may_be_raw() for _, parts in found):
        yield raw(context, found)
    if found:
        yield doubling(context, found)
