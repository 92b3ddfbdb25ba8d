"""Compare a fixed statement with the broken one: whether anything but the failing part changed.

The two texts are aligned by their tokens with the fewest changes; each run of changed tokens is a *hunk*. Nothing
outside of the failing part changed if all of this holds:

- Each hunk is needed: with this hunk alone taken back, SQLite refuses the statement, or one of the rules below is
  broken. (Tokens outside of the hunks are the same by definition.)
- Each table that the statement reads from and that the schema knows is still read as often.
- Each string and number is still there as often, whether as `'2010'` or `2010`. Arguments of a function whose name
  changed are free, since another function may take others.
- No hunk puts only values in the place of a name.
- If SQLite complains of a name, every SELECT has as many selected columns, and no hunk only deletes, unless it deletes
  a qualifier (`T1.`). For errors of syntax, commas and words may have to go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from quickfix_ls.schema.tables import Schema
from quickfix_ls.training.subjects.sql.sql_tokens import SqlToken, tokens_of

NAME_ERRORS = ("no_such_column", "no_such_table", "no_such_function", "ambiguous_column", "misuse", "arguments")
"""The types of errors that are about a name, in a statement that SQLite can parse."""

_READS_FROM = ("from", "join", "into", "update")
_ENDS_FROM = (
    "where",
    "group",
    "having",
    "order",
    "limit",
    "union",
    "intersect",
    "except",
    "select",
    "on",
    "using",
    ";",
)
_ENDS_SELECT = ("from", "where", "group", "having", "order", "limit", "union", "intersect", "except", ";")
_VALUES = ("null", "true", "false")


class Hunk(NamedTuple):
    """A run of tokens of the broken text, [start, end), and the run of the fixed text in its place."""

    start: int
    end: int
    new_start: int
    new_end: int


def is_confined(schema: Schema, broken: str, fixed: str, error_type: str, is_accepted: Callable[[str], bool]) -> bool:
    """Return whether nothing outside of the failing part changed, see above; `is_accepted` judges a text."""
    old, new = tokens_of(broken), tokens_of(fixed)
    hunks = hunks_of(old, new)
    if not _keeps_content(schema, old, new, hunks, error_type):
        return False
    for hunk in hunks if len(hunks) > 1 else ():
        undone = _undone(broken, fixed, old, new, hunk)
        left = tokens_of(undone)
        if is_accepted(undone) and _keeps_content(schema, old, left, hunks_of(old, left), error_type):
            return False
    return True


def hunks_of(old: Sequence[SqlToken], new: Sequence[SqlToken]) -> list[Hunk]:
    """Return the runs of tokens that differ, with the fewest changes."""
    found: list[Hunk] = []
    for code in Levenshtein.opcodes([token.key for token in old], [token.key for token in new]):
        hunk = Hunk(code.src_start, code.src_end, code.dest_start, code.dest_end)
        if code.tag == "equal":
            continue
        if found and (found[-1].end, found[-1].new_end) == (hunk.start, hunk.new_start):
            hunk = Hunk(found[-1].start, hunk.end, found[-1].new_start, hunk.new_end)
            found.pop()
        found.append(hunk)
    return found


def _undone(broken: str, fixed: str, old: Sequence[SqlToken], new: Sequence[SqlToken], hunk: Hunk) -> str:
    """Return the fixed text with a hunk taken back."""
    kept = broken[old[hunk.start].start : old[hunk.end - 1].end] if hunk.end > hunk.start else ""
    before = fixed[: new[hunk.new_start - 1].end] if hunk.new_start else ""
    after = fixed[new[hunk.new_end].start :] if hunk.new_end < len(new) else ""
    return f"{before} {kept} {after}"


def _keeps_content(
    schema: Schema, old: Sequence[SqlToken], new: Sequence[SqlToken], hunks: Sequence[Hunk], error_type: str
) -> bool:
    tables = Counter(name for name in _read_tables(old) if schema.table(name) is not None)
    if tables - Counter(_read_tables(new)):
        return False
    free = {place for hunk in hunks for place in _arguments(old, hunk)}
    if _values(schema, (token for place, token in enumerate(old) if place not in free)) - _values(schema, new):
        return False
    if any(_names_value(old[h.start : h.end], new[h.new_start : h.new_end]) for h in hunks):
        return False
    if error_type not in NAME_ERRORS:
        return True
    return list(_selected(old)) == list(_selected(new)) and not any(_only_deletes(old, hunk) for hunk in hunks)


def _read_tables(tokens: Sequence[SqlToken]) -> Iterator[str]:
    """Yield the names after FROM and JOIN, and after the commas of a FROM clause, in lower case."""
    depth, lists = 0, list[int]()
    for place, token in enumerate(tokens):
        depth += token.reads("(") - token.reads(")")
        lists = [level for level in lists if level <= depth]
        if token.reads(*_ENDS_FROM) and lists and lists[-1] == depth:
            lists.pop()
        if token.reads("from") and (not lists or lists[-1] < depth):
            lists.append(depth)
        is_next = token.reads(*_READS_FROM) or (token.reads(",") and bool(lists) and lists[-1] == depth)
        if is_next and place + 1 < len(tokens) and tokens[place + 1].kind in ("word", "quoted"):
            yield _unquoted(tokens[place + 1])


def _values(schema: Schema, tokens: Iterator[SqlToken] | Sequence[SqlToken]) -> Counter[str]:
    """Count the strings and numbers. A word in double quotes is a string if the schema has no such name."""
    return Counter(
        _unquoted(token) if token.kind != "number" else token.text
        for token in tokens
        if token.kind in ("string", "number") or (token.text[0] == '"' and not _is_name(schema, _unquoted(token)))
    )


def _is_name(schema: Schema, name: str) -> bool:
    return name in schema.with_column or schema.table(name) is not None


def _unquoted(token: SqlToken) -> str:
    """Return a name in lower case without its quotes, or the content of a string."""
    if token.kind == "string":
        return token.text[1:-1].replace("''", "'").lower()
    return (token.text[1:-1] if token.kind == "quoted" else token.text).lower()


def _arguments(tokens: Sequence[SqlToken], hunk: Hunk) -> Iterator[int]:
    """Yield the places of the arguments of the functions whose names a hunk changes."""
    for place in range(hunk.start, hunk.end):
        if tokens[place].kind == "word" and place + 1 < len(tokens) and tokens[place + 1].reads("("):
            depth = 0
            for inner in range(place + 1, len(tokens)):
                depth += tokens[inner].reads("(") - tokens[inner].reads(")")
                yield inner
                if not depth:
                    break


def _names_value(gone: Sequence[SqlToken], come: Sequence[SqlToken]) -> bool:
    """Return whether a name is replaced by nothing but values."""
    has_name = any(token.kind in ("word", "quoted") and not token.reads(*_VALUES) for token in gone)
    is_value = [token.kind in ("string", "number") or token.reads(*_VALUES) for token in come]
    return has_name and bool(come) and all(is_value)


def _selected(tokens: Sequence[SqlToken]) -> Iterator[int]:
    """Yield the number of selected columns of each SELECT, in order."""
    for place, token in enumerate(tokens):
        if token.reads("select"):
            depth, commas = 0, 0
            for inner in tokens[place + 1 :]:
                depth += inner.reads("(") - inner.reads(")")
                if depth < 0 or (not depth and inner.reads(*_ENDS_SELECT)):
                    break
                commas += not depth and inner.reads(",")
            yield commas + 1


def _only_deletes(tokens: Sequence[SqlToken], hunk: Hunk) -> bool:
    """Return whether a hunk deletes words, other than qualifiers, and adds nothing."""
    if hunk.new_end > hunk.new_start:
        return False
    return any(
        tokens[place].kind in ("word", "quoted") and not (place + 1 < len(tokens) and tokens[place + 1].reads("."))
        for place in range(hunk.start, hunk.end)
    )
