"""Insert a comma between two items of a list: `SELECT a b.c FROM t` becomes `SELECT a, b.c FROM t`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_ENDS = frozenset({"key", "unique", "asc", "desc", "null", "integer", "text", "autoincrement", "first", "last"})
_MOST = 4


@fixer(
    handles="syntax",
    examples=[
        Example(
            "SELECT t.id, t.name FROM t GROUP BY t.id t.name;\n", "SELECT t.id, t.name FROM t GROUP BY t.id, t.name;\n"
        ),
        Example("INSERT INTO t VALUES (1 'b', 3 4);\n", "INSERT INTO t VALUES (1, 'b', 3, 4);\n"),
        Example(
            "CREATE TABLE t (\n  id INTEGER PRIMARY KEY\n  name TEXT NOT NULL\n);\n",
            "CREATE TABLE t (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL\n);\n",
        ),
        Example("INSERT INTO t VALUES (1, 'a') (2, 'b');\n", "INSERT INTO t VALUES (1, 'a'), (2, 'b');\n"),
    ],
    leaves=["SELECT a FROM t WHERE (b = 1;\n"],
)
def add_comma(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all gaps of the list at once if there are several, then one for each gap near the
    problem."""
    code = statement_of(context)
    if code is None:
        return
    first, last = code.level(code.at)
    gaps = [at for at in range(max(first, 1), min(last, len(code.tokens))) if _is_gap(code, at)]
    near = sorted((at for at in gaps if abs(at - code.at) <= _MOST), key=lambda at: (abs(at - code.at), at))
    sure = [at for at in gaps if at >= code.at - 1 and _begins_item(code, at)]
    if len(sure) > 1 and code.takes(edits := [_comma(code, at) for at in sure]):
        yield Candidate(tuple(edits), "")
    for at in near:
        if code.improves([_comma(code, at)]):
            yield Candidate((_comma(code, at),), "")


def _comma(code: Statement, at: int) -> Edit:
    end = code.tokens[at - 1].end
    return code.context.edit(end, end, "," if code.tokens[at].start > end else ", ")


def _is_gap(code: Statement, at: int) -> bool:
    is_end = code.ends_operand(at - 1) or code.word(at - 1) in _ENDS
    return is_end and (code.begins_operand(at) or code.word(at) in ("foreign", "primary", "unique", "constraint"))


def _begins_item(code: Statement, at: int) -> bool:
    """Return whether a token more likely begins an item than that it is the alias of the one before."""
    if code.tokens[at].kind in ("number", "string"):
        return True
    if code.word(at) == "(":
        return code.word(at - 1) == ")"
    return code.word(at + 1) == "." or code.is_known(code.word(at)) or code.tokens[at - 1].kind in ("number", "string")
