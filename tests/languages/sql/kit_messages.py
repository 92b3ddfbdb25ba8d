"""The recorded messages of engines and tools, and what the product makes of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.schema.tables import NO_SCHEMA, Column, Schema, Table
from quickfix_ls.values import Problem, Reported, Span

_FOLDER = Path(__file__).with_name("messages")
_DIALECTS = {"mariadb": "mysql", "sqlfluff": "postgres", "sqruff": "postgres", "postgres_language_server": "postgres"}

SHOP = Schema(
    tuple(
        Table(name, tuple(Column(column) for column in columns.split()))
        for name, columns in {
            "customers": "customer_id name email country created_at",
            "products": "product_id name category price",
            "orders": "order_id customer_id order_date status total",
            "order_items": "item_id order_id product_id quantity price",
            "accounts": "account_id userId",
        }.items()
    )
)


class Recorded(NamedTuple):
    """A message that a tool gave for a statement; `span` is where it reported it, the whole statement if nowhere."""

    tool: str
    case: str
    statement: str
    message: str
    span: Span
    source: str = ""
    code: str = ""

    @property
    def dialect(self) -> str:
        return _DIALECTS.get(self.tool, self.tool)


@cache
def recorded(tool: str) -> tuple[Recorded, ...]:
    """Return the messages of a tool, by the name of its file."""
    items = json.loads((_FOLDER / f"{tool}.json").read_text(encoding="utf-8"))["messages"]
    return tuple(_recorded(tool, item) for item in items)


def _recorded(tool: str, item: dict[str, Any]) -> Recorded:
    statement = item["statement"]
    span = Span(0, len(statement))
    if "start" in item:
        span = Span(*(_offset(statement, *item[key]) for key in ("start", "end")))
    return Recorded(
        tool, item["case"], statement, item["message"], span, item.get("source", ""), item.get("code") or ""
    )


def _offset(text: str, line: int, column: int) -> int:
    return min(len(text), sum(len(above) for above in text.splitlines(keepends=True)[:line]) + column)


def sql_index(text: str, dialect: str, schema: Schema = NO_SCHEMA) -> Index:
    """Return the index of an SQL text."""
    return languages.of("sql").index(Snapshot.of(text), SqlEnvironment(dialect, schema))


def problem_of(message: Recorded, schema: Schema = NO_SCHEMA, above: str = "") -> Problem | None:
    """Return the problem that a message is about, in a file that has other statements above."""
    index = sql_index(above + message.statement, message.dialect, schema)
    span = Span(len(above) + message.span.start, len(above) + message.span.end)
    return languages.of("sql").problem_finder.reading(
        index, Reported(message.message, span, message.source, message.code)
    )
