"""Classes in the source code of models, as their fields and bases are read with `ast`."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quickfix_ls.schema.tables import Column, ForeignKey, Table


@dataclass(frozen=True)
class ModelClass:
    """A class, the label of its `app` (Django's name of the folder that it belongs to), and the names of its bases."""

    name: str
    node: ast.ClassDef
    app: str
    bases: tuple[str, ...]


class Field:
    """A statement of a class body that gives a name a value or a type: `name: annotation = call(...)`."""

    def __init__(self, name: str, value: ast.expr | None, annotation: str) -> None:
        self.name, self.value, self.annotation = name, value, annotation

    @property
    def call(self) -> ast.Call | None:
        """The call that is its value; None if it is none."""
        return self.value if isinstance(self.value, ast.Call) else None

    @property
    def arguments(self) -> list[ast.expr]:
        """The positional arguments of the call."""
        return self.call.args if self.call is not None else []

    @property
    def callee(self) -> str:
        """The last name of what is called, empty if nothing is."""
        return last_name(self.call.func) if self.call is not None else ""

    def option(self, name: str) -> object:
        """Return the constant that a keyword argument has; None if there is none, or it is computed."""
        given = self.call.keywords if self.call is not None else []
        found = (keyword.value for keyword in given if keyword.arg == name)
        return next((value.value for value in found if isinstance(value, ast.Constant)), None)


@dataclass
class TableParts:
    """The columns, with their types, and the keys of a table, as its fields are read."""

    columns: dict[str, str] = field(default_factory=dict)
    primary: list[str] = field(default_factory=list)
    foreign: list[ForeignKey] = field(default_factory=list)

    def table(self, name: str, namespace: str, closed: bool) -> Table:
        made = tuple(Column(column, kind) for column, kind in self.columns.items())
        return Table(name, made, namespace, tuple(self.primary), tuple(self.foreign), closed and bool(made))


def classes_in(texts: Mapping[str, str]) -> dict[str, ModelClass]:
    """Return the classes in some files, given as source code by path; files that can't be parsed are skipped."""
    found: dict[str, ModelClass] = {}
    for path, text in texts.items():
        for node in _class_nodes(text):
            bases = tuple(last_name(base) for base in node.bases)
            found.setdefault(node.name, ModelClass(node.name, node, _app(path), bases))
    return found


def lineage_of(known: ModelClass, classes: Mapping[str, ModelClass]) -> list[ModelClass]:
    """Return a class and those that it inherits from, as far as they are known, the nearest first."""
    found: list[ModelClass] = []
    todo = [known]
    while todo:
        here = todo.pop(0)
        if here not in found:
            found.append(here)
            todo += [classes[base] for base in here.bases if base in classes]
    return found


def fields_of(node: ast.ClassDef) -> Iterator[Field]:
    """Yield the fields of a class, in order."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield Field(statement.target.id, statement.value, ast.unparse(statement.annotation))
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield Field(statement.targets[0].id, statement.value, "")


def text_field(node: ast.ClassDef, name: str) -> str:
    """Return the string that a field has; empty if there is none, or it is computed."""
    return next((text_of(one.value) for one in fields_of(node) if one.name == name), "")


def text_of(node: ast.expr | None) -> str:
    """Return the value of a string literal; empty for other expressions."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def last_name(node: ast.expr) -> str:
    """Return the last name of `a.b.C` or of `C[int]`; empty for other expressions."""
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _class_nodes(text: str) -> Iterator[ast.ClassDef]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _app(path: str) -> str:
    """Return the label of a file's application: the folder of `models.py`, or that of the package `models`."""
    folder = os.path.dirname(path)
    return os.path.basename(os.path.dirname(folder) if os.path.basename(folder) == "models" else folder)
