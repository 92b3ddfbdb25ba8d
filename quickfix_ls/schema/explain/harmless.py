"""Recognition of queries that can only read: nothing else is ever sent to a database.

All is refused that is not known to be harmless: the kinds of nodes of the syntax tree, and the functions, are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quickfix_ls.schema.explain.pure_functions import PURE_FUNCTIONS

if TYPE_CHECKING:
    from sqlglot import exp

MAX_CHARACTERS = 50_000
MAX_NODES = 5_000
MAX_DEPTH = 200

_NODE_NAMES = """
Alias Aliases All Any AtTimeZone Between Boolean Bracket ByteString CTE CaseWhen Collate Column ColumnDef Cube DataType
DataTypeParam Distinct Escape Except Fetch Filter From Group GroupingSets Having HexString ILike Identifier IgnoreNulls
In Intersect Interval IntervalSpan Is JSONPath JSONPathKey JSONPathRoot JSONPathSubscript JSONPathWildcard Join Lateral
Like Limit LimitOptions Literal National Null Offset Order Ordered Paren Qualify RawString RespectNulls Rollup Select
Semicolon SimilarTo Slice Star Subquery Table TableAlias Tuple Union UnicodeString Values Var Where Window WindowSpec
With WithOrdinality WithinGroup
"""
_TABLE_FUNCTION_NAMES = """
exploding_generate_series explode flatten generate_series generate_subscripts json_array_elements
json_array_elements_text json_each json_each_text json_object_keys json_tree jsonb_array_elements
jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys range regexp_matches regexp_split_to_table
string_to_table unnest
"""
_NODES = frozenset(_NODE_NAMES.split())
_ROOTS = frozenset(("Select", "Union", "Intersect", "Except", "Values", "Subquery"))
_TABLE_FUNCTIONS = frozenset(_TABLE_FUNCTION_NAMES.split())
_FILE_NAME = re.compile(r"[./\\:*?\[\]{}]|^\s|\s$")
_SYSTEM_TABLE = re.compile(r"(?:pragma|pg)_|(?:dbstat|sqlite_dbpage|sqlite_stmt|bytecode|tables_used)$", re.IGNORECASE)


def refusal(statement: str, dialect: str) -> str:
    """Return why a statement must not be sent to a database; an empty string if it is one query that can only read.

    `dialect` is sqlglot's name of the database's own dialect.
    """
    from sqlglot import parse
    from sqlglot.errors import SqlglotError

    if len(statement) > MAX_CHARACTERS:
        return "it is too long"
    if "\0" in statement:
        return "it contains a null character"
    try:
        parsed = parse(statement, dialect=dialect)
    except SqlglotError:
        return "it can't be read"
    except RecursionError:
        return "it is nested too deeply"
    trees = [tree for tree in parsed if tree is not None and type(tree).__name__ != "Semicolon"]
    if len(trees) != 1:
        return "it is not a single statement"
    if type(trees[0]).__name__ not in _ROOTS:
        return f"it is no query ({trees[0].key.upper()})"
    return next(_refusals(trees[0]), "")


def _refusals(tree: exp.Expr) -> Iterator[str]:
    """Yield why the nodes of a tree are refused."""
    for count, node in enumerate(tree.walk(), 1):
        if count > MAX_NODES:
            yield "it is too large"
            return
        if node.depth > MAX_DEPTH:
            yield "it is nested too deeply"
            return
        if reason := _refused_node(node):
            yield reason


def _refused_node(node: exp.Expr) -> str:
    from sqlglot import exp

    if isinstance(node, exp.Func):
        return _refused_function(node)
    if isinstance(node, exp.Dot):
        return "it calls a function of a schema" if isinstance(node.expression, exp.Func) else ""
    if isinstance(node, exp.Table):
        return _refused_table(node)
    if isinstance(node, exp.CTE):
        return "" if type(node.this).__name__ in _ROOTS else "a common table expression is no query"
    if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.USERDEFINED:
        return "it names a type of the user's"
    is_operator = isinstance(node, (exp.Binary, exp.Unary)) and not isinstance(node, (exp.PropertyEQ, exp.Operator))
    if is_operator or type(node).__name__ in _NODES:
        return ""
    return f"it has a part that may not be harmless ({type(node).__name__})"


def _refused_function(node: exp.Func) -> str:
    names = _names_of(node)
    return "" if names & PURE_FUNCTIONS else f"the function {min(names)} may not be harmless"


def _names_of(node: exp.Func) -> set[str]:
    from sqlglot import exp

    is_named = isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc))
    return {str(node.this).lower()} if is_named else {name.lower() for name in node.sql_names()}


def _refused_table(node: exp.Table) -> str:
    from sqlglot import exp

    if isinstance(node.this, exp.Func):
        return "" if _names_of(node.this) & _TABLE_FUNCTIONS else "a function as a table may not be harmless"
    if node.args.get("rows_from"):
        return ""
    if _FILE_NAME.search(node.name):
        return "a table's name looks like a file's"
    return "it reads a table of the system" if _SYSTEM_TABLE.match(node.name) else ""
