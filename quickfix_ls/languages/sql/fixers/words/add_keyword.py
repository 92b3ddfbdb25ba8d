"""Insert a keyword that is missing: `GROUP a` becomes `GROUP BY a`, `JOIN u t.id = u.id` becomes
`JOIN u ON t.id = u.id`, and so on for AND, WHERE, FROM, THEN, END, SET, INTO, VALUES, JOIN, LIMIT, AS, IS and IN."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import CLAUSES, Statement, statement_of
from quickfix_ls.values import Candidate

_SIDES = frozenset({"inner", "left", "right", "full", "cross", "natural", "outer"})
_NO_ALIAS = CLAUSES | _SIDES | {"join", "on", "using", "set", "and", "or", "values", "select"}
_COMPARISONS = frozenset({"=", "<", ">", "<>", "!=", "<=", ">=", "==", "is", "in", "like", "between", "not"})
_BACK, _MOST = 5, 6


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t GROUP a;\n", "SELECT a FROM t GROUP BY a;\n"),
        Example("select a from t order a desc;\n", "select a from t order by a desc;\n"),
        Example("SELECT a FROM t JOIN u t.id = u.id;\n", "SELECT a FROM t JOIN u ON t.id = u.id;\n"),
        Example("SELECT a FROM t WHERE b = 1 c = 2;\n", "SELECT a FROM t WHERE b = 1 AND c = 2;\n"),
        Example("SELECT a FROM t b = 2;\n", "SELECT a FROM t WHERE b = 2;\n"),
        Example("SELECT CASE WHEN a = 1 'x' END FROM t;\n", "SELECT CASE WHEN a = 1 THEN 'x' END FROM t;\n"),
        Example("SELECT CASE WHEN a = 1 THEN 'x' FROM t;\n", "SELECT CASE WHEN a = 1 THEN 'x' END FROM t;\n"),
        Example("UPDATE t a = 1 WHERE b = 2;\n", "UPDATE t SET a = 1 WHERE b = 2;\n"),
        Example(
            "-- dialect: sqlite\nINSERT t (a) VALUES (1);\n", "-- dialect: sqlite\nINSERT INTO t (a) VALUES (1);\n"
        ),
        Example("-- dialect: sqlite\nINSERT INTO t (a) (1);\n", "-- dialect: sqlite\nINSERT INTO t (a) VALUES (1);\n"),
        Example("-- dialect: sqlite\nDELETE t WHERE a = 1;\n", "-- dialect: sqlite\nDELETE FROM t WHERE a = 1;\n"),
        Example("SELECT a FROM t INNER u ON t.id = u.id;\n", "SELECT a FROM t INNER JOIN u ON t.id = u.id;\n"),
        Example("SELECT a FROM t ORDER BY a DESC 5;\n", "SELECT a FROM t ORDER BY a DESC LIMIT 5;\n"),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t WHERE b BETWEEN 1 5;\n",
            "-- dialect: sqlite\nSELECT a FROM t WHERE b BETWEEN 1 AND 5;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT CAST(a INTEGER) FROM t;\n",
            "-- dialect: sqlite\nSELECT CAST(a AS INTEGER) FROM t;\n",
        ),
        Example(
            "-- dialect: sqlite\nWITH x (SELECT 1) SELECT * FROM x;\n",
            "-- dialect: sqlite\nWITH x AS (SELECT 1) SELECT * FROM x;\n",
        ),
        Example("SELECT a b, c t u WHERE a = 1;\n", "SELECT a b, c FROM t u WHERE a = 1;\n"),
    ],
    leaves=["SELECT a, b FROM t WHERE c IN (1, 2;\n", "SELECT a FROM t WHERE a > = 1;\n"],
)
def add_keyword(context: Context) -> Iterator[Candidate]:
    """Yield the keywords that fit at or before the problem, where the parser comes further with them; those that make
    the statement well formed first, then the nearest."""
    code = statement_of(context)
    if code is None:
        return
    found = []
    for at in range(max(0, code.at - _BACK), min(len(code.tokens), code.at + 1) + 1):
        for rank, (word, fits) in enumerate(_RULES):
            if fits(code, at):
                edits = (code.insert(at, code.cased(word)),)
                left = code.fault_after(edits)
                if left is None or code.improves(edits):
                    found.append((left is not None, rank, abs(at - code.at), edits))
    for *_, edits in sorted(found)[:_MOST]:
        yield Candidate(edits, "")


def _by(code: Statement, at: int) -> bool:
    return code.word(at - 1) in ("group", "order", "partition") and code.word(at) != "by"


def _on(code: Statement, at: int) -> bool:
    """Behind a joined table or its alias, where a condition begins."""
    is_source = code.word(at - 2) == "join" or code.word(at - 3) == "join" or code.words(at - 3, 2)[1] == "as"
    is_joined = any(code.word(index) == "join" for index in range(max(0, at - 5), at))
    return is_source and is_joined and _begins_condition(code, at)


def _begins_condition(code: Statement, at: int) -> bool:
    return code.begins_operand(at) and any(code.word(index) in _COMPARISONS for index in range(at + 1, at + 5))


def _and(code: Statement, at: int) -> bool:
    """Between two conditions of WHERE, ON or HAVING."""
    clause = next((code.word(i) for i in range(at - 1, -1, -1) if code.word(i) in _CONDITIONAL | CLAUSES), "")
    return clause in _CONDITIONAL and code.ends_operand(at - 1) and _begins_condition(code, at)


_CONDITIONAL = frozenset({"where", "on", "having", "when"})


def _where(code: Statement, at: int) -> bool:
    """Behind the last table of FROM, where a condition begins."""
    clause = next((code.word(i) for i in range(at - 1, -1, -1) if code.word(i) in _CONDITIONAL | CLAUSES | {"set"}), "")
    return clause in ("from", "on", "set") and code.ends_operand(at - 1) and _begins_condition(code, at)


def _from(code: Statement, at: int) -> bool:
    """Before a known table, in a query that has no FROM so far."""
    if code.word(at) not in code.tables and not {code.word(at + 1), code.word(at + 2)} & (CLAUSES - {"from"}):
        return False
    before = next((code.word(i) for i in range(at - 1, -1, -1) if code.word(i) in ("select", "from", "delete")), "")
    return (
        before in ("select", "delete")
        and code.ends_operand(at - 1)
        and code.tokens[min(at, len(code.tokens) - 1)].kind == "name"
    )


def _then(code: Statement, at: int) -> bool:
    last = next((code.word(i) for i in range(at - 1, -1, -1) if code.word(i) in ("when", "then", "case", "end")), "")
    return last == "when" and code.ends_operand(at - 1) and code.begins_operand(at)


def _end(code: Statement, at: int) -> bool:
    depth = sum((code.word(i) == "case") - (code.word(i) == "end") for i in range(at))
    return depth > 0 and code.ends_operand(at - 1) and code.word(at) in (*CLAUSES, ")", ",", "as", "")


def _when(code: Statement, at: int) -> bool:
    return code.word(at - 1) == "case" and code.word(at) != "when"


def _set(code: Statement, at: int) -> bool:
    return code.word(0) == "update" and at in (2, 3, 4) and code.word(at + 1) == "=" and "set" not in code.words(0, at)


def _into(code: Statement, at: int) -> bool:
    return code.word(at - 1) == "insert" and code.word(at) not in ("into", "or", "overwrite")


def _delete_from(code: Statement, at: int) -> bool:
    return code.word(at - 1) == "delete" and code.word(at) != "from"


def _values(code: Statement, at: int) -> bool:
    return code.word(0) in ("insert", "replace") and code.word(at) == "(" and "values" not in code.words(0, at)


def _join(code: Statement, at: int) -> bool:
    return code.word(at - 1) in _SIDES and code.word(at) not in _SIDES | {"join", "("}


def _limit(code: Statement, at: int) -> bool:
    is_number = at < len(code.tokens) and code.tokens[at].kind == "number"
    return (
        is_number and (code.ends_operand(at - 1) or code.word(at - 1) in ("asc", "desc")) and at + 1 == len(code.tokens)
    )


def _between_and(code: Statement, at: int) -> bool:
    return code.word(at - 2) == "between" and code.begins_operand(at)


def _as(code: Statement, at: int) -> bool:
    if code.word(at) == "(":
        return code.word(at - 2) in ("with", "recursive", ",") and code.word(at + 1) in ("select", "with")
    opener = code.level(at)[0] - 2
    return code.word(opener) in ("cast", "try_cast") and code.ends_operand(at - 1)


def _is(code: Statement, at: int) -> bool:
    is_null = code.word(at) == "null" or code.words(at, 2) == ("not", "null")
    return is_null and code.ends_operand(at - 1)


def _in(code: Statement, at: int) -> bool:
    return code.word(at) == "(" and code.ends_operand(at - 1) and code.word(at - 1) != ")"


def _table(code: Statement, at: int) -> bool:
    return code.word(at - 1) in ("create", "drop", "alter", "temporary", "temp") and code.begins_operand(at)


def _select(code: Statement, at: int) -> bool:
    return (at == 0 and code.word(0) in ("distinct", "*", "count")) or (
        code.word(at - 1) in ("union", "all", "(") and code.word(at) == "*"
    )


_RULES: tuple[tuple[str, Callable[[Statement, int], bool]], ...] = (
    ("by", _by), ("into", _into), ("from", _delete_from), ("set", _set), ("join", _join), ("on", _on),
    ("and", _between_and), ("then", _then), ("when", _when), ("as", _as),
    ("and", _and), ("where", _where), ("from", _from), ("end", _end),
    ("values", _values), ("limit", _limit), ("is", _is), ("in", _in), ("table", _table), ("select", _select),
)  # fmt: skip
