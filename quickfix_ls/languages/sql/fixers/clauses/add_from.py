"""Insert the FROM that a query lacks before the table: `SELECT a t WHERE a = 1` becomes `SELECT a FROM t WHERE a = 1`;
append it where the columns stand in one table alone."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.problems.kinds import QUERY, SYNTAX
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE rooms (room_id INTEGER, price REAL);\n"


@fixer(
    handles=(SYNTAX, QUERY),
    errors=("SyntaxError", "UnknownColumn", "UnknownAlias"),
    examples=[
        Example(
            _TABLE + "SELECT price rooms WHERE room_id = 1;\n", _TABLE + "SELECT price FROM rooms WHERE room_id = 1;\n"
        ),
        Example(
            _TABLE + "SELECT price, room_id rooms r JOIN rooms s ON r.price = s.price;\n",
            _TABLE + "SELECT price, room_id FROM rooms r JOIN rooms s ON r.price = s.price;\n",
        ),
        Example(_TABLE + "SELECT price WHERE room_id = 1;\n", _TABLE + "SELECT price FROM rooms WHERE room_id = 1;\n"),
    ],
    leaves=[_TABLE + "SELECT prise FROM rooms WHERE room_id = 1;\n"],
    certain=True,
)
def add_from(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    clauses = clauses_at(code, min(code.at, len(code.tokens) - 1))
    select = next((clause for clause in clauses if clause.word == "select"), None)
    if select is None or any(clause.word == "from" for clause in clauses):
        return
    for at in range(select.first + 2, select.last):
        is_misspelt = OSA.distance(code.word(at - 1), "from", score_cutoff=1) <= 1
        if code.word(at) in code.tables and code.ends_operand(at - 1) and not is_misspelt:
            edits = (code.insert(at, code.cased("from")),)
            if code.improves(edits):
                yield Candidate(edits, "")
                return
    table = _only_table(code, select.first + 1, clauses[-1].last)
    end = code.tokens[select.last - 1].end
    if table and select.last - select.first > 1:
        yield Candidate((context.edit(end, end, f" {code.cased('from')} {written(table, code.dialect)}"),), "")


def _only_table(code: Statement, first: int, last: int) -> str:
    """Return the one table whose columns are all unqualified names of a range; empty if there is none or several."""
    names = {
        code.word(at).strip('"`')
        for at in range(first, last)
        if code.tokens[at].kind == "name" and code.word(at + 1) not in ("(", ".") and code.word(at - 1) != "as"
    }
    fitting = [table.name for table in code.schema.tables if names and all(table.column(name) for name in names)]
    return fitting[0] if len(fitting) == 1 else ""
