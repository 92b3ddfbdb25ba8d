"""Add a column to the GROUP BY clause."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.fixers.query_text import cased
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: postgres\nCREATE TABLE t (a TEXT, b INTEGER);\n"


@fixer(
    handles=QUERY,
    errors=("GroupBy",),
    examples=[
        Example(
            _TABLE + "SELECT a, b, COUNT(*) FROM t GROUP BY a;\n",
            _TABLE + "SELECT a, b, COUNT(*) FROM t GROUP BY a, b;\n",
        ),
        Example(
            _TABLE + "SELECT a, COUNT(*) FROM t WHERE b > 1 ORDER BY a;\n",
            _TABLE + "SELECT a, COUNT(*) FROM t WHERE b > 1 GROUP BY a ORDER BY a;\n",
        ),
    ],
)
def group_by_column(context: Context) -> Iterator[Candidate]:
    """Add the column to the query's GROUP BY clause, or begin one behind its FROM and WHERE clauses."""
    meaning = meaning_in(context.index, context.region)
    start = context.offset
    reference = next(
        (r for read in meaning.references for r in read.columns if r.node.this.meta.get("start") == start), None
    )
    if reference is None:
        return
    node = reference.node
    first = (node.args.get("table") or node.this).meta["start"]
    column = context.region.text[first : node.this.meta["end"] + 1]
    group = reference.scope.query.args.get("group")
    tokens = [token for token in context.tokens if token.kind not in ("comment", "newline")]
    if group is not None and group.expressions:
        ends = [found.meta["end"] for found in group.walk() if "end" in found.meta]
        if ends:
            end = max(ends) + 1
            yield Candidate((context.edit(end, end, f", {column}"),), "")
        return
    depth = 0
    for at, token in enumerate(tokens):
        if token.start < first:
            continue
        depth += (token.text == "(") - (token.text == ")")
        is_end = token.text == ";" or token.text.lower() in ("having", "order", "limit", "union", "except", "intersect")
        if depth < 0 or (not depth and is_end):
            end = tokens[at - 1].end
            break
    else:
        end = tokens[-1].end
    yield Candidate((context.edit(end, end, f" {cased(context, 'GROUP BY')} {column}"),), "")
