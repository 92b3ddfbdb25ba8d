"""Quote a reserved word that is the name of a column or table: `SELECT order FROM t` becomes
`SELECT "order" FROM t`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate

_TABLE = 'CREATE TABLE items ("order" INTEGER, "group" TEXT);\n'
_BACK = 3


@fixer(
    handles="syntax",
    examples=[
        Example(
            _TABLE + "SELECT order FROM items WHERE group = 'x';\n",
            _TABLE + 'SELECT "order" FROM items WHERE "group" = \'x\';\n',
        ),
        Example(
            "-- dialect: sqlite\nCREATE TABLE t (id INTEGER, group TEXT);\n",
            '-- dialect: sqlite\nCREATE TABLE t (id INTEGER, "group" TEXT);\n',
        ),
    ],
    leaves=["SELECT a FROM t GROUP a;\n"],
)
def quote_reserved(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all reserved words of the statement that stand where only a name can and are known, then
    one for each near the problem."""
    code = statement_of(context)
    if code is None:
        return
    places = [at for at in range(len(code.tokens)) if _is_name(code, at)]
    near = [at for at in places if code.at - _BACK <= at <= code.at + 1]
    if not near:
        return
    for group in (places, *([at] for at in near)):
        edits = tuple(code.replace(at, at + 1, code.quoted(code.tokens[at].text)) for at in group)
        if code.improves(edits):
            names = dict.fromkeys(code.tokens[at].text for at in group)
            yield Candidate(edits, f"Quote {' and '.join(f'`{name}`' for name in names)}")
            if group is places:
                return


def _is_name(code: Statement, at: int) -> bool:
    """Return whether a reserved word is a name: it is one of the schema and no clause begins there, or it is a column
    that is being created."""
    token = code.tokens[at]
    if token.kind != "keyword":
        return False
    word, after = code.word(at), code.word(at + 1)
    if code.word(at - 1) == ".":
        return True
    if code.word(0) == "create" and code.word(at - 1) in ("(", ",") and after not in ("key", "(", "select"):
        return word not in ("primary", "foreign", "unique", "check", "constraint", "like", "index", "select")
    is_known = any(table.column(word) or table.name.lower() == word for table in code.schema.tables)
    return is_known and after != "by" and word not in ("select", "from", "where", "and", "as", "in", "on")
