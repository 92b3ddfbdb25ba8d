"""Tokens that can't stand where they do in any dialect, or in one, and that sqlglot takes or leaves out silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA

from quickfix_ls.lexing.tokens import Token

_SIDES = frozenset({"inner", "left", "right", "full", "cross", "natural"})
_OPENS_LIST = frozenset({"select", "from", "where", "by", "(", "distinct", "values", ","})
_COMPARISONS = frozenset({"=", "<", ">", "<>", "!=", "<=", ">=", "==", "is", "in", "like", "between"})
_NO_SOURCE = frozenset({"from", "where", "group", "order", "having", "on", "join", "union"})
_TYPOGRAPHIC = frozenset("“”„‘’‚，；（）＝＞＜≥≤≠")
_INSERT_INTO = frozenset({"postgres", "duckdb", "snowflake", "oracle", "redshift", "trino", "presto"})
_DELETE_FROM = frozenset({"postgres", "duckdb", "snowflake", "redshift", "trino", "presto", "databricks", "spark"})
_LIMIT_ALONE = _INSERT_INTO | {"bigquery", "tsql"}
_AFTER_INSERT = frozenset({"into", "overwrite", "or", "all", "first", "ignore", "when"})

_MIN_LETTERS = 4

Rule = Callable[[Sequence[Token], int, str], bool]


def is_stray(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """Return whether a token can't stand where it does; `tokens` are those of a statement, without comments."""
    return any(rule(tokens, at, dialect) for rule in _RULES)


def is_typographic(token: Token) -> bool:
    """Return whether a token is a quote, a bracket or an operator of a word processor."""
    return token.kind == "error" and token.text in _TYPOGRAPHIC


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def _is_empty_item(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """A comma behind another one or what opens a list; JOIN or AND behind a comma."""
    before, word = _word(tokens, at - 1), _word(tokens, at)
    if word == ",":
        return before in _OPENS_LIST and (before != "(" or _word(tokens, at - 2) in ("", "in", "values", "select"))
    after = _word(tokens, at + 1)
    is_join = word == "join" or (word in _SIDES and after in ("join", "outer"))
    return before == "," and (is_join or word == "and") and after not in (",", ".", "(", "from")


def _is_no_source(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """FROM or JOIN with another clause directly behind it."""
    word, after = _word(tokens, at), _word(tokens, at + 1)
    if word not in _NO_SOURCE or tokens[at].kind != "keyword" or after == ".":
        return False
    return _word(tokens, at - 1) in ("from", "join") and _word(tokens, at - 2) != "distinct"


def _is_reserved_name(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """ORDER or GROUP as the name of a column."""
    if _word(tokens, at) not in ("order", "group") or _word(tokens, at - 1) in (".", "as", "within", "siblings", ":"):
        return False
    return _word(tokens, at + 1) in _COMPARISONS


def _lacks_then(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """END, ELSE or WHEN of a CASE whose last WHEN has no THEN."""
    if _word(tokens, at) not in ("end", "else", "when"):
        return False
    depth = 0
    for index in range(at - 1, -1, -1):
        word = _word(tokens, index)
        if word in (")", "end"):
            depth += 1
        elif word in ("(", "case") and depth:
            depth -= 1
        elif not depth and word in ("then", "case", "(", "begin", ";", "else", "exception", "merge", "exit"):
            return False
        elif not depth and word == "when":
            return _is_of_case(tokens, index)
    return False


def _is_of_case(tokens: Sequence[Token], when: int) -> bool:
    depth = 0
    for index in range(when - 1, -1, -1):
        word = _word(tokens, index)
        if word in (")", "end"):
            depth += 1
        elif word == "case" and not depth:
            return True
        elif word in ("(", "case") and depth:
            depth -= 1
        elif word in ("(", ";", "begin") and not depth:
            return False
    return False


def _is_misspelt_object(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """A misspelt TABLE, VIEW or INDEX behind CREATE or DROP, taken by sqlglot for an object that it does not know."""
    word, before = _word(tokens, at), _word(tokens, at - 1)
    if at != 1 or before not in ("create", "drop") or tokens[at].kind != "name" or len(word) < _MIN_LETTERS:
        return False
    return any(OSA.distance(word, thing, score_cutoff=1) <= 1 for thing in ("table", "view", "index"))


def _is_row_without_comma(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """A row of VALUES that no comma separates from the one before."""
    if (
        _word(tokens, at) != "("
        or _word(tokens, at - 1) != ")"
        or _word(tokens, 0) not in ("insert", "values", "replace")
    ):
        return False
    depth = 0
    for index in range(at - 1, -1, -1):
        word = _word(tokens, index)
        depth += (word == ")") - (word == "(")
        if not depth and word not in (",", "(", ")"):
            return word == "values"
    return False


def _is_other_dialects(tokens: Sequence[Token], at: int, dialect: str) -> bool:
    """INSERT without INTO, DELETE without FROM, LIMIT with two numbers, where the dialect does not take them."""
    word, before = _word(tokens, at), _word(tokens, at - 1)
    if at == 1 and before == "insert":
        return dialect in _INSERT_INTO and word not in _AFTER_INSERT
    if at == 1 and before == "delete":
        return dialect in _DELETE_FROM and word != "from"
    return (
        word == ","
        and _word(tokens, at - 2) == "limit"
        and tokens[at - 1].kind == "number"
        and _word(tokens, at - 3) != "."
        and dialect in _LIMIT_ALONE
    )


_RULES: tuple[Rule, ...] = (
    lambda tokens, at, dialect: is_typographic(tokens[at]),
    _is_empty_item,
    _is_no_source,
    _is_reserved_name,
    _lacks_then,
    _is_row_without_comma,
    _is_misspelt_object,
    _is_other_dialects,
)
