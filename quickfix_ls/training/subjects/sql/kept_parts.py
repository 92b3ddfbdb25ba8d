"""Compare a fixed statement with the broken one: whether anything but the failing part changed.

The two texts are aligned by their tokens with the fewest changes; each run of changed tokens is a *hunk*. Nothing
outside of the failing part changed if all of this holds:

1. Each hunk is needed: with this hunk alone taken back, SQLite refuses the statement, or a token that the fixed
   statement keeps is lost. (The tokens outside of the hunks are the same by definition.) The arguments of a function
   whose name changed belong to the failing part, and so do the quotes of a value, since it may be compared with the
   other function's result; a qualifier of the name that SQLite complains of does, too.
2. Each table that the statement reads from and that the schema knows is still read as often.
3. Each string and number is still there as often, whether as `'2010'` or `2010`, apart from the arguments of a function
   whose name changed. If SQLite can't parse the broken statement, its quotes may be wrong; then each word and number in
   strings is still somewhere.
4. Outside of such arguments, no hunk puts only values that the statement lacks in the place of a name, unless they
   spell it (`Paris` becomes `'Paris'`).
5. If SQLite complains of a name, every SELECT has as many selected columns, unless a sign such as a comma changed, and
   no hunk only deletes, unless it deletes a qualifier (`T1.`). For errors of syntax, commas and words may have to go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from quickfix_ls.schema.tables import Schema
from quickfix_ls.training.subjects.sql.sql_tokens import SqlToken, tokens_of

_NAME_ERRORS = ("no such ", "ambiguous ", "misuse of ", "wrong number of arguments ")
"""How messages of SQLite begin that are about a name, in a statement that it can parse."""

_READS_FROM = ("from", "join", "into", "update")
_ENDS_SELECT = ("from", "where", "group", "having", "order", "limit", "union", "intersect", "except", ";")
_ENDS_FROM = (*_ENDS_SELECT[1:], "select", "on", "using")
_PIECES = re.compile(r"[^\W_]+")


class Hunk(NamedTuple):
    """A run of tokens of the broken text, [start, end), and the run of the fixed text in its place."""

    start: int
    end: int
    new_start: int
    new_end: int


def is_confined(schema: Schema, broken: str, fixed: str, error: str, is_accepted: Callable[[str], bool]) -> bool:
    """Return whether nothing outside of the failing part changed, see above; `error` is SQLite's message about the
    broken text, `is_accepted` judges another one."""
    old, new = tokens_of(broken), tokens_of(fixed)
    hunks = hunks_of(old, new)
    free = {place for hunk in hunks for place in _arguments(old, hunk)}
    outside = [hunk for hunk in hunks if hunk.start not in free]
    changes = [(old[hunk.start : hunk.end], new[hunk.new_start : hunk.new_end]) for hunk in outside]
    if Counter(_known_tables(schema, old)) - Counter(_known_tables(schema, new)):
        return False
    added = Counter(token.key for token in new) - Counter(token.key for token in old)
    if any(_names_value(gone, [token for token in come if token.key in added], come) for gone, come in changes):
        return False
    if error.startswith(_NAME_ERRORS):
        if not _keeps_values(schema, [token for place, token in enumerate(old) if place not in free], new, error):
            return False
        if any(_only_deletes(old, hunk, hunks) for hunk in outside) or not (
            _selects_as_many(old, new) or _signs_alone(changes)
        ):
            return False
    elif not _keeps_words(old, new):
        return False
    kept = Counter(token.key for token in old) & Counter(token.key for token in new)
    doubted = [
        hunk
        for hunk, (gone, come) in zip(outside, changes, strict=True)
        if not (free and _same_values(gone, come)) and not _qualifies(old, hunk, come, error)
    ]
    return len(hunks) == 1 or not any(
        _is_needless(_undone(broken, fixed, old, new, hunk), kept, is_accepted) for hunk in doubted
    )


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


def _is_needless(undone: str, kept: Counter[str], is_accepted: Callable[[str], bool]) -> bool:
    return not kept - Counter(token.key for token in tokens_of(undone)) and is_accepted(undone)


def _undone(broken: str, fixed: str, old: Sequence[SqlToken], new: Sequence[SqlToken], hunk: Hunk) -> str:
    """Return the fixed text with a hunk taken back."""
    back = broken[old[hunk.start].start : old[hunk.end - 1].end] if hunk.end > hunk.start else ""
    before = fixed[: new[hunk.new_start - 1].end] if hunk.new_start else ""
    after = fixed[new[hunk.new_end].start :] if hunk.new_end < len(new) else ""
    return f"{before} {back} {after}"


def _known_tables(schema: Schema, tokens: Sequence[SqlToken]) -> list[str]:
    """Return the names after FROM and JOIN, and after the commas of a FROM clause, that are tables of the schema."""
    found, depth, lists = [], 0, list[int]()
    for place, token in enumerate(tokens[:-1]):
        depth += token.reads("(") - token.reads(")")
        lists = [level for level in lists if level <= depth]
        if token.reads(*_ENDS_FROM) and lists and lists[-1] == depth:
            lists.pop()
        if token.reads("from") and (not lists or lists[-1] < depth):
            lists.append(depth)
        if token.reads("from") and tokens[max(0, place - 3)].reads("extract"):
            continue
        if token.reads(*_READS_FROM) or (token.reads(",") and bool(lists) and lists[-1] == depth):
            found.append(tokens[place + 1].content.lower())
    return [name for name in found if schema.table(name) is not None]


def _keeps_values(schema: Schema, old: Iterable[SqlToken], new: Iterable[SqlToken], error: str) -> bool:
    def values(tokens: Iterable[SqlToken]) -> Counter[str]:
        """A word in double quotes is a string if neither the schema nor the error has such a name."""
        return Counter(
            token.content
            for token in tokens
            if token.kind in ("string", "number")
            or (token.text[0] == '"' and not _is_name(schema, token.content) and token.content not in error)
        )

    return not values(old) - values(new)


def _is_name(schema: Schema, name: str) -> bool:
    return name.lower() in schema.with_column or schema.table(name) is not None


def _keeps_words(old: Iterable[SqlToken], new: Iterable[SqlToken]) -> bool:
    """Return whether each word and number in strings of the one text is somewhere in the other."""
    values = (token.text for token in old if token.kind in ("string", "number"))
    return not Counter(_pieces(values)) - Counter(_pieces(token.text for token in new))


def _pieces(texts: Iterable[str]) -> list[str]:
    return [piece.lower() for text in texts for piece in _PIECES.findall(text)]


def _arguments(tokens: Sequence[SqlToken], hunk: Hunk) -> Iterator[int]:
    """Yield the places in the brackets of the functions whose names a hunk changes."""
    for place in range(hunk.start, hunk.end):
        if tokens[place].kind == "word" and place + 1 < len(tokens) and tokens[place + 1].reads("("):
            depth = 0
            for inner in range(place + 1, len(tokens)):
                depth += tokens[inner].reads("(") - tokens[inner].reads(")")
                yield inner
                if not depth:
                    break


def _names_value(gone: Sequence[SqlToken], added: Sequence[SqlToken], come: Sequence[SqlToken]) -> bool:
    """Return whether a name is replaced by nothing but values that the statement lacks and that do not spell it."""
    values = [token for token in added if token.kind in ("string", "number") or token.reads("null", "true", "false")]
    if not values or len(values) < len(come) or not any(token.kind in ("word", "quoted") for token in gone):
        return False
    spelt, value = ("".join(_pieces(token.text for token in tokens)) for tokens in (gone, values))
    return Levenshtein.normalized_similarity(spelt, value) < 0.6


def _qualifies(old: Sequence[SqlToken], hunk: Hunk, come: Sequence[SqlToken], error: str) -> bool:
    """Return whether a hunk puts a qualifier before the name that the error is about."""
    named = error.rpartition(": ")[2].lower()
    is_qualifier = hunk.start == hunk.end and len(come) == 2 and come[1].reads(".")
    return is_qualifier and hunk.start < len(old) and old[hunk.start].content.lower() == named


def _same_values(gone: Sequence[SqlToken], come: Sequence[SqlToken]) -> bool:
    """Return whether nothing but the quotes of a value changed."""
    return [token.content for token in gone] == [token.content for token in come]


def _selects_as_many(old: Sequence[SqlToken], new: Sequence[SqlToken]) -> bool:
    return list(_selected(old)) == list(_selected(new))


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


def _signs_alone(changes: Iterable[tuple[Sequence[SqlToken], Sequence[SqlToken]]]) -> bool:
    """Return whether any hunk changes nothing but signs, such as a comma."""
    return any(all(token.kind == "sign" for token in (*gone, *come)) for gone, come in changes)


def _only_deletes(tokens: Sequence[SqlToken], hunk: Hunk, hunks: Sequence[Hunk]) -> bool:
    """Return whether a hunk deletes words and adds nothing. A qualifier may go, and the name of a function whose
    arguments change too: `CONCAT(a, b)` becomes `a || b`."""
    arguments = set(_arguments(tokens, hunk))
    if any(other.start in arguments for other in hunks):
        return False
    return hunk.new_end == hunk.new_start and any(
        tokens[place].kind in ("word", "quoted") and not (place + 1 < len(tokens) and tokens[place + 1].reads("."))
        for place in range(hunk.start, hunk.end)
    )
