"""Keep the one column of a sub-select that is compared with: `id IN (SELECT id, name ...)` becomes
`id IN (SELECT id ...)`.

It removes columns from the sub-select, so it needs a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLES = "-- dialect: sqlite\nCREATE TABLE t (id INTEGER, name TEXT);\nCREATE TABLE u (t_id INTEGER, id INTEGER);\n"
_COMPARISONS = frozenset({"=", "<", ">", "<=", ">=", "<>", "!=", "in", "=="})


@fixer(
    handles=QUERY,
    errors=("Columns",),
    examples=[
        Example(
            _TABLES + "SELECT name FROM t WHERE id IN (SELECT t_id, id FROM u);\n",
            _TABLES + "SELECT name FROM t WHERE id IN (SELECT id FROM u);\n",
        ),
        Example(
            _TABLES + "SELECT name FROM t WHERE id = (SELECT * FROM u LIMIT 1);\n",
            _TABLES + "SELECT name FROM t WHERE id = (SELECT id FROM u LIMIT 1);\n",
        ),
    ],
    leaves=[_TABLES + "SELECT id FROM t UNION SELECT id, t_id FROM u;\n"],
)
def keep_column(context: Context) -> Iterator[Candidate]:
    """Yield a candidate with the column of the same name as what it is compared with, if there is one, and one with the
    first column."""
    code = statement_of(context)
    if code is None:
        return
    for at in range(1, len(code.tokens) - 2):
        if code.words(at, 2) != ("(", "select") or code.word(at - 1) not in _COMPARISONS:
            continue
        clauses = clauses_at(code, at + 2)
        select = next((clause for clause in clauses if clause.first == at + 1), None)
        if select is None:
            continue
        start = select.first + (2 if code.word(select.first + 1) == "distinct" else 1)
        operand = at - (3 if code.word(at - 2) == "not" else 2)
        for text in _kept(code, start, select.last, code.word(operand).strip('"`')):
            edits = (code.replace(start, select.last, text),)
            if code.takes(edits) and code.errors_after(edits) == 0:
                yield Candidate(edits, "", safety="needs-a-look")


def _kept(code: Statement, first: int, last: int, name: str) -> Iterator[str]:
    items = _items(code, first, last)
    if len(items) > 1:
        named = [item for item in items if code.word(item[1] - 1).strip('"`') == name]
        yield from dict.fromkeys(code.piece(*item) for item in (*named, items[0]))
    elif code.word(last - 1) == "*":
        yield written(name, code.dialect)


def _items(code: Statement, first: int, last: int) -> Sequence[tuple[int, int]]:
    """Return the ranges of the items of a list."""
    commas = [at for at in code.at_level(first, last) if code.word(at) == ","]
    return list(zip([first, *(at + 1 for at in commas)], [*commas, last], strict=True))
