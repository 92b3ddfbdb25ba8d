"""Write what another dialect has in the way of this one: `SELECT TOP 3 a FROM t` becomes `SELECT a FROM t LIMIT 3`, and
`a::int` becomes `CAST(a AS INTEGER)`.

sqlglot translates; only the tokens that differ between the statement in its own dialect and in this one are written
into the text, whose words and layout stay otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_OTHERS = (
    "tsql",
    "mysql",
    "postgres",
    "duckdb",
    "snowflake",
    "bigquery",
    "oracle",
    "databricks",
    "sqlite",
    "clickhouse",
)
_MOST = 3
_MAX_GAP = 1
_MAX_LENGTH = 5000
_SAME = {"!=": "<>", "==": "="}


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: sqlite\nselect top 3 a, b  from t where a = 1;\n",
            "-- dialect: sqlite\nselect a, b  from t where a = 1 LIMIT 3;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a::int FROM t WHERE a != 1;\n",
            "-- dialect: sqlite\nSELECT CAST(a AS INTEGER) FROM t WHERE a != 1;\n",
        ),
        Example(
            "-- dialect: postgres\nSELECT a FROM t ORDER BY a LIMIT 5, 10;\n",
            "-- dialect: postgres\nSELECT a FROM t ORDER BY a LIMIT 10 OFFSET 5;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS ONLY;\n",
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY a LIMIT 3;\n",
        ),
    ],
    leaves=["-- dialect: sqlite\nSELECT a FORM t WHERE b = 1;\n"],
)
def translate_statement(context: Context) -> Iterator[Candidate]:
    """Yield what the statement becomes if it is read in each of the other dialects that take it; equal results once."""
    code = statement_of(context)
    if code is None or not code.dialect or len(code.text) > _MAX_LENGTH or code.unclosed or code.unmatched:
        return
    found: set[tuple[Edit, ...]] = set()
    for other in _OTHERS:
        pair = _translated(code.text, other, code.dialect) if other != code.dialect else None
        if pair is None:
            continue
        for own in dict.fromkeys((pair[0], code.text)):
            edits = tuple(_edits(code, own, pair[1]))
            if edits and code.takes(edits):
                if edits not in found:
                    found.add(edits)
                    yield Candidate(edits, "")
                break
        if len(found) == _MOST:
            return


@lru_cache(maxsize=256)
def _translated(text: str, other: str, dialect: str) -> tuple[str, str] | None:
    """Return a statement of another dialect as sqlglot writes it in that dialect and in this one; None if sqlglot can't
    read it, or knows that this one has no equivalent."""
    import sqlglot

    try:
        trees = sqlglot.parse(text, dialect=other)
        if len(trees) != 1 or trees[0] is None or isinstance(trees[0], (sqlglot.exp.Command, sqlglot.exp.Alias)):
            return None
        own = trees[0].sql(dialect=other, comments=False)
        new = trees[0].sql(dialect=dialect, comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError, AttributeError, TypeError, IndexError):
        return None
    return own, new


def _edits(code: Statement, own: str, new: str) -> Iterator[Edit]:
    """Yield the edits of the text for the differences between two ways to write it, the first of which may be the text
    itself; the rest is left out if a difference has no clear place in the text."""
    before, after = _code(own), _code(new)
    place = _places(code.tokens, before)
    for low, high, first, last in _hunks(before, after):
        start, end = place.get(low), place.get(high)
        if start is None or end is None:
            return
        text = new[after[first].start : after[last - 1].end] if last > first else ""
        if start == end:
            yield code.insert(start, text)
        elif text:
            yield code.replace(start, end, text)
        else:
            yield code.remove(start, end)


def _hunks(before: Sequence[Token], after: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of tokens that differ; those with hardly anything between them are one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, low, high, first, last in _opcodes(before, after):
        if tag == "equal":
            continue
        if found and low - found[-1][1] <= _MAX_GAP:
            found[-1] = (found[-1][0], high, found[-1][2], last)
        else:
            found.append((low, high, first, last))
    return found


def _places(tokens: Sequence[Token], before: Sequence[Token]) -> dict[int, int]:
    """Map the tokens of sqlglot's text to those of the user's, as far as they are the same, and the ends."""
    place = {0: 0, len(before): len(tokens)}
    for tag, low, high, first, last in _opcodes(before, tokens):
        if tag == "equal":
            place.update(zip(range(low, high), range(first, last), strict=True))
        place.setdefault(high, last)
        place.setdefault(low, first)
    return place


def _opcodes(one: Sequence[Token], two: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    old, new = ([_SAME.get(token.text, token.text.lower()) for token in tokens] for tokens in (one, two))
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _code(text: str) -> list[Token]:
    return [token for token in lex(text) if token.kind not in ("comment", "newline")]
