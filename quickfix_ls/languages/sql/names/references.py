"""The references of a statement: the tables, columns and qualifiers it names, each with the scope of its look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from quickfix_ls.languages.sql.names.scopes import Scope

Clause = Literal["select", "where", "group", "having", "order", "on", "qualify", "target", "other"]


@dataclass(frozen=True)
class ColumnReference:
    """A column that is read: sqlglot's `node`, the `scope` in which it is looked up, and the `clause` it stands in."""

    node: Any
    scope: Scope
    clause: Clause


@dataclass(frozen=True)
class TableReference:
    """A table that is named: sqlglot's `node`, and the names of the common table expressions that are known there."""

    node: Any
    known: tuple[str, ...]


@dataclass
class References:
    """All references of a statement."""

    columns: list[ColumnReference] = field(default_factory=list)
    tables: list[TableReference] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
