"""Realistic typos in valid queries: one identifier or keyword is misspelled, or a column gets the wrong qualifier.

A typo counts only if the query is wrong after it: SQLite refuses it, and does not take a name in double quotes for a
string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from random import Random
from typing import NamedTuple

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from benchmarks.quality.sql_queries import Query, prepares
from quickfix_ls.languages.sql.lexer import WORDS, lex
from quickfix_ls.lexing.tokens import Token

KINDS = ("column", "table", "alias", "function", "keyword", "qualifier")
"""What is wrong: the spelling of a name or a word, or the `qualifier` of a column whose spelling is right."""

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ABBREVIATIONS = {
    "address": "addr", "amount": "amt", "average": "avg", "category": "cat", "code": "cd", "count": "cnt",
    "customer": "cust", "date": "dt", "department": "dept", "description": "desc", "employee": "emp",
    "identifier": "id", "language": "lang", "manager": "mgr", "maximum": "max", "minimum": "min", "name": "nm",
    "number": "num", "organization": "org", "percent": "pct", "person": "pers", "position": "pos", "product": "prod",
    "quantity": "qty", "reference": "ref", "student": "stud", "temperature": "temp", "total": "tot", "year": "yr",
}  # fmt: skip
_SHORTEST = {"column": 3, "table": 3, "alias": 2, "function": 3, "keyword": 3}
_TRIES = 20


class Planted(NamedTuple):
    """A query with one error: `broken` at the token `wrong`, which was `right` in the valid text `fixed`."""

    query: Query
    kind: str
    way: str
    broken: str
    fixed: str
    wrong: str
    right: str
    start: int


def planted(queries: Iterable[Query], kind: str, n: int, seed: int) -> Iterator[Planted]:
    """Yield n errors of a kind, each in another query."""
    rng = Random(f"{seed} {kind}")
    for query in queries:
        if n <= 0:
            return
        row = _qualifier_in(query, rng) if kind == "qualifier" else _typo_in(query, kind, rng)
        if row is not None:
            n -= 1
            yield row


def _typo_in(query: Query, kind: str, rng: Random) -> Planted | None:
    places = [token for token in _places(query.text, kind) if len(token.text) >= _SHORTEST[kind]]
    ways = sorted({**SLIPS, **SPELLINGS} if kind in ("column", "table") else SLIPS)
    for _ in range(_TRIES if places else 0):
        token, way = rng.choice(places), rng.choice(ways)
        wrong = {**SLIPS, **SPELLINGS}[way](token.text, rng)
        if wrong.lower() == token.text.lower() or not re.fullmatch(r"[^\W\d]\w*", wrong):
            continue
        broken = query.text[: token.start] + wrong + query.text[token.end :]
        if kind == "alias" and re.search(rf"\b{wrong}\b", query.text, re.IGNORECASE):
            continue
        if wrong.lower() not in WORDS and not prepares(broken, query.columns):
            return Planted(query, kind, way, broken, query.text, wrong, token.text, token.start)
    return None


def _places(text: str, kind: str) -> list[Token]:
    """Return the tokens that can be misspelled as a kind; names in quotes are left out."""
    tokens = [token for token in lex(text) if token.kind not in ("comment", "newline")]
    if kind == "keyword":
        return [token for token in tokens if token.kind == "keyword"]
    followers = {token.start: after.text for token, after in pairwise(tokens)}
    names = {token.start: token for token in tokens if token.kind == "name" and token.text[0] not in '"`'}
    if kind == "function":
        return [token for token in names.values() if followers.get(token.start) == "("]
    try:
        tree = parse_one(text, dialect="sqlite")
    except SqlglotError:
        return []
    return [names[start] for start in sorted(_starts(tree, kind)) if start in names]


def _starts(tree: exp.Expr, kind: str) -> set[int]:
    """Return the offsets of the identifiers of a kind."""
    if kind == "table":
        return {_start(node.this) for node in tree.find_all(exp.Table)}
    columns = [node for node in tree.find_all(exp.Column) if isinstance(node.this, exp.Identifier)]
    results = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    if kind == "column":
        return {_start(node.this) for node in columns if node.name.lower() not in results}
    aliases = {node.alias.lower() for node in tree.find_all(exp.Table) if node.alias}
    used = {_start(node.args["table"]) for node in columns if node.table.lower() in aliases}
    return used | {_start(node.this) for node in columns if not node.table and node.name.lower() in results}


def _start(identifier: exp.Expr) -> int:
    return int(identifier.meta.get("start", -1))


def _qualifier_in(query: Query, rng: Random) -> Planted | None:
    """Replace the qualifier of a column by that of another table of its query, which has no such column."""
    try:
        scopes = list(traverse_scope(parse_one(query.text, dialect="sqlite")))
    except SqlglotError:
        return None
    places = []
    for scope in scopes:
        names = [name for name, source in scope.sources.items() if isinstance(source, exp.Table)]
        own = [column for column in scope.columns if column.table and isinstance(column.this, exp.Identifier)]
        places += [(column.args["table"], other) for column in own for other in names if other != column.table]
    rng.shuffle(places)
    for identifier, other in places:
        start, end = _start(identifier), int(identifier.meta.get("end", -2)) + 1
        broken = query.text[:start] + other + query.text[end:]
        if start >= 0 and not identifier.quoted and not prepares(broken, query.columns):
            return Planted(query, "qualifier", "other table", broken, query.text, other, query.text[start:end], start)
    return None


def same_code(text: str, other: str) -> bool:
    """Return whether two queries differ in white space and in the case of names and keywords only."""
    return [_folded(token) for token in lex(text)] == [_folded(token) for token in lex(other)]


def _folded(token: Token) -> str:
    if token.kind == "newline":
        return ""
    return token.text if token.kind in ("string", "comment") else token.text.lower()


# -- the ways of misspelling -------------------------------------------------------------------------------------


def _neighbour(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    for row in _ROWS:
        if (key := row.find(word[at].lower())) >= 0:
            near = rng.choice(row[max(0, key - 1) : key] + row[key + 1 : key + 2])
            return word[:at] + (near.upper() if word[at].isupper() else near) + word[at + 1 :]
    return word


def _transposed(word: str, rng: Random) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _without_underscore(word: str, rng: Random) -> str:
    places = [at for at, letter in enumerate(word) if letter == "_"]
    at = rng.choice(places) if places else -1
    return word[:at] + word[at + 1 :] if places else word


def _number(word: str, rng: Random) -> str:
    if word.lower().endswith("s"):
        return word[:-1] if not word.lower().endswith("ss") else word
    return word + ("S" if word.isupper() else "s")


def _other_case(word: str, rng: Random) -> str:
    """Return camel case for words with underscores, and underscores for camel case."""
    if "_" in word.strip("_"):
        head, *tail = word.split("_")
        return head + "".join(part.capitalize() for part in tail)
    return re.sub(r"(?<=[a-z\d])(?=[A-Z])", "_", word).lower()


def _abbreviated(word: str, rng: Random) -> str:
    pieces = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\d_]+", word)
    known = [at for at, piece in enumerate(pieces) if piece.lower() in _ABBREVIATIONS]
    if not known or "".join(pieces) != word:
        return word
    at = rng.choice(known)
    short = _ABBREVIATIONS[pieces[at].lower()]
    pieces[at] = short.capitalize() if pieces[at][0].isupper() else short
    return "".join(pieces)


Way = Callable[[str, Random], str]
SLIPS: dict[str, Way] = {
    "neighbouring key": _neighbour,
    "transposed letters": _transposed,
    "dropped letter": _dropped,
    "doubled letter": _doubled,
}
SPELLINGS: dict[str, Way] = {
    "missing underscore": _without_underscore,
    "singular or plural": _number,
    "camel case": _other_case,
    "abbreviation": _abbreviated,
}
"""Ways to write the name of a column or table that one remembers differently."""
