"""Placeholders for the holes of a query, chosen by the tokens around them so that the query can be read.

A hole can be a name, part of one, an expression, a clause, or nothing. A placeholder keeps open what the hole may
bring: a clause behind the tables of a query may join more of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quickfix_ls.documents.embedded_view import Segment
from quickfix_ls.languages.sql.embedded.jinja import table_of
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.placeholders import placeholder
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.lexing.tokens import Token

_OPERAND_FOLLOWS = frozenset(
    {"all", "and", "any", "as", "between", "by", "call", "case", "cast", "collate", "default", "distinct", "else",
     "escape", "exists", "explain", "fetch", "from", "glob", "having", "ilike", "in", "index", "interval", "into", "is",
     "join", "like", "limit", "match", "not", "offset", "on", "only", "or", "over", "partition", "references", "regexp",
     "returning", "rlike", "select", "set", "similar", "some", "table", "then", "top", "update", "using", "values",
     "view", "when", "where", "with"}
)  # fmt: skip
_STATEMENT_STARTS = frozenset(
    {"alter", "create", "delete", "drop", "explain", "insert", "merge", "replace", "select", "truncate", "update",
     "values", "with"}
)  # fmt: skip
_TABLE_FOLLOWS = frozenset({"from", "into", "join", "table", "update"})
_CLAUSES = {"select": "select", "from": "from", "join": "from", "where": "where", "group": "by", "order": "by",
            "having": "where", "set": "set", "limit": "by", "values": "where", "union": "where"}  # fmt: skip
_WORD = "_$"

Filling = Callable[["_Around", str], str]


class _Around(NamedTuple):
    """The tokens before a hole, the text behind it up to the next hole, and the hole's kind."""

    before: Sequence[Token]
    left: str
    right: str
    kind: str

    @property
    def last(self) -> str:
        return self.before[-1].text.lower() if self.before else ""

    @property
    def last_but_one(self) -> str:
        return self.before[-2].text.lower() if len(self.before) > 1 else ""

    @property
    def following(self) -> Token | None:
        return next((token for token in lex(self.right) if token.kind not in ("comment", "newline")), None)


def filled(segments: Sequence[Segment], environment: object) -> Sequence[Segment] | None:
    """Return the segments with placeholders for the holes; None if no placeholders are known with which the query can
    be read, unless its syntax error is the same with all of them."""
    assert isinstance(environment, SqlEnvironment)
    faults = set()
    first: Sequence[Segment] | None = None
    for fill in (_by_place, _as_comments, _as_names):
        found = _filled(segments, fill, environment)
        first = first or found
        broken = fault("".join(segment.text for segment in found), "", "", environment)
        if broken is None:
            return found
        faults.add((_host_offset(found, broken.span.start), broken.message))
    return first if len(faults) == 1 else None


def _filled(segments: Sequence[Segment], fill: Filling, environment: SqlEnvironment) -> list[Segment]:
    found: list[Segment] = []
    left = ""
    for number, segment in enumerate(segments):
        if segment.is_hole:
            right = _text_before_hole(segments[number + 1 :])
            tokens = [token for token in lex(left) if token.kind != "newline"]
            table = environment.schema.table(table_of(segment.text))
            # A table of which nothing is known is a placeholder, too: it may have any columns.
            name = table.name if table is not None and table.name.isidentifier() else placeholder(number)
            text = name if table is not None else fill(_Around(tokens, left, right, segment.kind), name)
            segment = segment._replace(text=text, kind="fixed")
        found.append(segment)
        left += segment.text
    return found


def _text_before_hole(segments: Sequence[Segment]) -> str:
    end = next((number for number, segment in enumerate(segments) if segment.is_hole), len(segments))
    return "".join(segment.text for segment in segments[:end])


def _host_offset(segments: Sequence[Segment], offset: int) -> int:
    start = 0
    for segment in segments:
        if start <= offset < start + len(segment.text):
            return segment.span.start + (offset - start if segment.kind == "exact" else 0)
        start += len(segment.text)
    return -1


def _by_place(around: _Around, name: str) -> str:
    """Return what most likely stands in a hole, by the tokens around it."""
    glued = _glued(around, name)
    if glued is not None:
        return glued
    last, following = around.last, around.following
    behind = following.text.lower() if following is not None else ""
    if not around.before or last == ";":
        return f"/*{name}*/" if behind in _STATEMENT_STARTS else f"SELECT {name}"
    if last == "*" and around.last_but_one in ("select", ",", ".", "(", "distinct"):
        return _behind_operand(around, name, following)
    if last == "(" and around.last_but_one in ("from", "join", "as", "exists"):
        return f"SELECT {name}" if behind == ")" else name
    if last in ("in", "values"):
        return f"({name})" if behind != "(" else f"/*{name}*/"
    if last == "exists":
        return f"(SELECT {name})"
    if last == "set" and behind not in ("=", "."):
        return f"{name} = 1"
    if last == "is":
        return f"NULL /*{name}*/"
    if last == "interval":
        return "'1'"
    is_operator = around.before[-1].kind == "op" and last not in (")", "]")
    if is_operator or last in _OPERAND_FOLLOWS:
        return name if behind not in _STATEMENT_STARTS or last not in ("as", "explain") else f"/*{name}*/"
    return _behind_operand(around, name, following)


def _behind_operand(around: _Around, name: str, following: Token | None) -> str:
    """Return what may stand behind an operand: an operator, more of a list, a clause."""
    behind = following.text.lower() if following is not None else ""
    clause = _clause(around.before)
    if following is not None and clause == "where" and following.kind in ("number", "string", "name"):
        return "="
    if clause == "select" and behind == "from":
        return f", {name}"
    if clause == "from" and behind in ("", ")", "where", "group", "order", "limit", "join", "left", "inner", "having"):
        return f", {name}"
    return f"/*{name}*/"


def _as_comments(around: _Around, name: str) -> str:
    """Return a comment for each hole behind an operand, else what stands there most likely."""
    glued = _glued(around, name)
    is_operand = bool(around.before) and (around.before[-1].kind != "op" or around.last in (")", "]", "*"))
    if glued is None and is_operand and around.last not in _OPERAND_FOLLOWS:
        return f"/*{name}*/"
    return _by_place(around, name)


def _as_names(around: _Around, name: str) -> str:
    """Return a name for each hole."""
    return _glued(around, name) or name


def _glued(around: _Around, name: str) -> str | None:
    """Return what stands in a text, a comment or a name of which the hole is a part, or for a value; else None."""
    last = around.before[-1] if around.before else None
    in_text = last is not None and last.kind in ("badstring", "comment") and last.end == len(around.left)
    if in_text and (last is None or last.kind == "badstring" or not last.text.endswith("*/")):
        return name
    left, right = around.left[-1:], around.right[:1]
    if left.isalnum() or (left in _WORD and left) or right.isalnum() or (right in _WORD and right):
        return name
    if around.kind == "value" and (around.last in _TABLE_FOLLOWS or right in ("(", ".") or left == "."):
        return name
    if around.kind == "value":
        is_list = around.last in ("in", "values") and not around.right.lstrip().startswith("(")
        return "(?)" if is_list else "?"
    return None


def _clause(tokens: Sequence[Token]) -> str:
    """Return the clause that a text ends in, by the last word at the depth of its end that begins one."""
    depth = 0
    for token in reversed(tokens):
        if token.text in (")", "("):
            depth += 1 if token.text == ")" else -1
            if depth < 0:
                return ""
        elif not depth and (clause := _CLAUSES.get(token.text.lower())):
            return clause
    return ""
