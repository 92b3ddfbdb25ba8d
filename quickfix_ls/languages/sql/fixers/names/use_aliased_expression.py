"""Write the expression in the place of its alias, where the dialect knows no alias of the select list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import failed_lookup, replacing
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: postgres\nCREATE TABLE t (a INTEGER, b INTEGER);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownColumn",),
    examples=[
        Example(
            _TABLE + "SELECT a + b AS c FROM t WHERE c > 3;\n",
            _TABLE + "SELECT a + b AS c FROM t WHERE (a + b) > 3;\n",
        ),
        Example(
            _TABLE + "SELECT abs(a) AS c FROM t WHERE c > 3;\n",
            _TABLE + "SELECT abs(a) AS c FROM t WHERE abs(a) > 3;\n",
        ),
    ],
    leaves=[_TABLE + "SELECT a AS d FROM t WHERE c > 3;\n"],
)
def use_aliased_expression(context: Context) -> Iterator[Candidate]:
    """Replace the alias by its expression, in brackets unless it is a name, a literal or a call."""
    lookup = failed_lookup(context)
    if lookup is None or lookup.fault.qualifier:
        return
    items = [item for item in lookup.scope.query.expressions if item.alias.lower() == lookup.fault.name.lower()]
    if len(items) != 1 or items[0].args.get("alias") is None:
        return
    text = _text_before_alias(context, items[0])
    if not text:
        return
    written = text if _is_single(items[0].this) else f"({text})"
    edits = [replacing(context, reference.node.this, written) for reference in lookup.same()]
    found = tuple(dict.fromkeys(edit for edit in edits if edit is not None))
    if found:
        yield Candidate(found, "")


def _text_before_alias(context: Context, item: Any) -> str:
    """Return the expression of an item of the select list as it is written: from its first token to the alias, without
    `AS`; empty if its place is not known."""
    alias = item.args["alias"].meta.get("start")
    starts = [node.meta["start"] for node in item.this.walk() if "start" in node.meta]
    if alias is None or not starts:
        return ""
    before = [token for token in context.tokens if min(starts) <= token.start < alias and token.kind != "newline"]
    if before and before[-1].text.lower() == "as":
        before.pop()
    depth = sum((token.text == "(") - (token.text == ")") for token in before)
    return context.region.text[before[0].start : before[-1].end] if before and depth == 0 else ""


def _is_single(node: Any) -> bool:
    from sqlglot import exp

    return isinstance(node, (exp.Column, exp.Literal, exp.Func)) and not isinstance(node, (exp.Connector, exp.Case))
