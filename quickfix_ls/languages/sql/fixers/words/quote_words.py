"""Quote the name of a column or table that has spaces or signs: `School Type = 'x'` becomes `"School Type" = 'x'`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.names.quoting import is_plain
from quickfix_ls.problems.kinds import QUERY, SYNTAX
from quickfix_ls.values import Candidate, Edit

_TABLE = 'CREATE TABLE schools ("School Type" TEXT, "Meals (Ages 5-17)" REAL, "T-BIL" REAL);\n'
_PIECE = re.compile(r"\w+|[^\w\s]")


@fixer(
    handles=(SYNTAX, QUERY),
    errors=("SyntaxError", "UnknownColumn", "UnknownTable", "UnknownFunction"),
    examples=[
        Example(
            _TABLE + "SELECT * FROM schools WHERE School Type = 'x';\n",
            _TABLE + "SELECT * FROM schools WHERE \"School Type\" = 'x';\n",
        ),
        Example(
            _TABLE + "SELECT SUM(s.Meals (Ages 5-17)) FROM schools AS s WHERE T-BIL > 3;\n",
            _TABLE + 'SELECT SUM(s."Meals (Ages 5-17)") FROM schools AS s WHERE "T-BIL" > 3;\n',
        ),
    ],
    leaves=[_TABLE + "SELECT * FROM schools WHERE Class Type = 'x';\n"],
    certain=True,
)
def quote_words(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such names of the statement, the longest name first where several fit."""
    code = statement_of(context)
    if code is None:
        return
    edits: list[Edit] = []
    names: list[str] = []
    taken = [(token.start, token.end) for token in code.tokens if token.kind == "string" or token.text[0] in '"`']
    for name in _odd_names(code):
        for found in _pattern(name).finditer(code.text):
            start, end = found.start() + code.start, found.end() + code.start
            if not any(low < end and start < high for low, high in taken):
                taken.append((start, end))
                edits.append(context.edit(start, end, code.quoted(name)))
                names.append(found.group())
    if edits and (context.problem.kind == SYNTAX or any(_is_about(context, edit) for edit in edits)):
        title = f"Quote `{names[0]}`" if len(set(names)) == 1 else "Quote the names of several words"
        yield Candidate(tuple(edits), title)


def _odd_names(code: Statement) -> list[str]:
    """Return the names of several pieces, the longest first; those of tables in the statement before others."""
    words = {token.text.lower() for token in code.tokens}
    near = [table for word in words for table in code.schema.named(word)]
    names = dict.fromkeys(name for t in near for name in (t.name, *(column.name for column in t.columns)))
    names |= dict.fromkeys(code.schema.odd_names)
    odd = [name for name in names if len(_PIECE.findall(name)) > 1 or name[:1].isdigit()]
    return sorted((name for name in odd if not is_plain(name, "")), key=len, reverse=True)


def _pattern(name: str) -> re.Pattern[str]:
    pieces = r"\s*".join(map(re.escape, _PIECE.findall(name)))
    spaced = re.sub(r"(?<=\w)\\s\*(?=\w)", r"\\s+", pieces)
    return re.compile(rf"(?<![\w\"`]){spaced}(?![\w\"`])", re.IGNORECASE)


def _is_about(context: Context, edit: Edit) -> bool:
    return edit.span.touches(context.problem.span)
