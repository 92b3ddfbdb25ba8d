"""The table of a Django model: the fields of the class and of its abstract parents, `db_table` and `db_column`."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from quickfix_ls.schema.model_classes import Field, ModelClass, TableParts, fields_of, last_name, text_of
from quickfix_ls.schema.tables import ForeignKey, Table

_RELATIONS = frozenset({"ForeignKey", "OneToOneField"})


def django_table(lineage: Sequence[ModelClass], closed: bool) -> Table | None:
    """Return the table of the first class of a lineage; None if it is no model, or an abstract one. Its foreign keys
    name models, not tables. `closed` as in `Table`."""
    model = lineage[0]
    is_model = any(ast.unparse(base).endswith("models.Model") for one in lineage for base in one.node.bases)
    if not is_model or _meta(model.node, "abstract") is True or _meta(model.node, "managed") is False:
        return None
    parts = TableParts()
    for one in reversed(lineage):
        for field in fields_of(one.node):
            _read(field, parts, one.name)
    if not parts.primary:
        parts.columns = {"id": "BIGINT", **parts.columns}
        parts.primary = ["id"]
    name = _meta(model.node, "db_table")
    return parts.table(name if isinstance(name, str) else f"{model.app}_{model.name.lower()}", "", closed)


def _read(field: Field, parts: TableParts, model: str) -> None:
    is_relation = field.callee in _RELATIONS
    if field.callee == "ManyToManyField" or not (is_relation or field.callee.endswith("Field")):
        return
    given = field.option("db_column")
    name = given if isinstance(given, str) else f"{field.name}_id" if is_relation else field.name
    parts.columns[name] = "" if is_relation else field.callee.removesuffix("Field").upper()
    if field.option("primary_key") is True:
        parts.primary.append(name)
    if is_relation and (target := _related_model(field, model)):
        parts.foreign.append(ForeignKey((name,), target))


def _related_model(field: Field, own: str) -> str:
    """Return the name of the model that a relation points to; empty if it is computed."""
    given = field.arguments[:1]
    if not given and field.call is not None:
        given = [keyword.value for keyword in field.call.keywords if keyword.arg == "to"]
    name = (text_of(given[0]).rpartition(".")[2] or last_name(given[0])) if given else ""
    return own if name == "self" else name


def _meta(node: ast.ClassDef, option: str) -> object:
    """Return an option in a model's `class Meta`; None if it is not set, or computed."""
    for inner in node.body:
        if isinstance(inner, ast.ClassDef) and inner.name == "Meta":
            for field in fields_of(inner):
                if field.name == option and isinstance(field.value, ast.Constant):
                    return field.value.value
    return None
