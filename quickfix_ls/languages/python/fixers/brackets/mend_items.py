"""Add or replace the separators between the items in brackets, all that are wrong in one step: `{"a" 1, "b" 2}` becomes
`{"a": 1, "b": 2}`, `f(x: 1)` becomes `f(x=1)`, and `{base, **more}` becomes `{**base, **more}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.items import GAP, Part, is_literal, is_name, parts_in
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.lexer import CLOSERS
from quickfix_ls.values import Candidate, Edit

_ASSIGNED = frozenset({"=", "=>", "->"})
_MAX_CANDIDATES = 4
_REACH = 4000


class _Change(NamedTuple):
    """An edit, with what a title says of it: the sign that is put in, the one that it replaces, and the text before."""

    edit: Edit
    sign: str
    old: str
    shown: str


_Changes = list[_Change] | None
"""The changes that make the items well-formed; None if that can't be done by separators."""


@fixer(
    handles="syntax",
    examples=[
        Example("ages = {'ann' 31, 'bo' 28}\n", "ages = {'ann': 31, 'bo': 28}\n"),
        Example("d = {'a' = 1, 'b' => 2}\n", "d = {'a': 1, 'b': 2}\n"),
        Example(
            "d = {\n    'a': 1  # one\n    'b': 'x'\n    'c': f(2)\n}\n",
            "d = {\n    'a': 1,  # one\n    'b': 'x',\n    'c': f(2)\n}\n",
        ),
        Example("d = {base, **more, 'a': 1}\n", "d = {**base, **more, 'a': 1}\n"),
        Example("d = dict(a: 1, b: 2)\n", "d = dict(a=1, b=2)\n"),
        Example("m = [[1 2], [3 4]]\n", "m = [[1, 2], [3, 4]]\n"),
        Example("def f(a: int b: str = ''):\n    return a\n", "def f(a: int, b: str = ''):\n    return a\n"),
        Example("d = {a = 1, b = 2}\n", "d = dict(a = 1, b = 2)\n"),
        Example("d = [**base, **more]\n", "d = {**base, **more}\n"),
        Example("xs = [...first, ...second]\n", "xs = [*first, *second]\n"),
    ],
    leaves=["x = [1, 2\n", "x = [a b for a in c]\n", "d = {'a': 1, 'b', 'c': 2}\n"],
)
def mend_items(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for each pair of brackets around the problem, the innermost first, with all pairs in it."""
    seen = set()
    for opener, closer in islice(_around(context), _MAX_CANDIDATES):
        changes = _all_in(context, opener, closer)
        edits = tuple(change.edit for change in changes)
        if edits and edits not in seen:
            seen.add(edits)
            yield Candidate(edits, _title(changes))
        yield from _exchanged(context, opener, closer)


def _around(context: Context) -> Iterator[tuple[int, int]]:
    """Yield the matching brackets that contain the problem, the innermost first."""
    tokens, partner = context.tokens, context.brackets.partner
    places = {context.at, context.at_end, context.at - 1}
    for opener in range(min(context.at_end, len(tokens) - 1), -1, -1):
        closer = partner.get(opener, -1)
        if closer > opener and any(opener <= place <= closer for place in places):
            if not is_near(context, tokens[opener].start, _REACH):
                return
            yield opener, closer


def _all_in(context: Context, opener: int, closer: int) -> list[_Change]:
    """Return the changes of all pairs of brackets from `opener` to `closer`."""
    partner = context.brackets.partner
    pairs = [(index, partner[index]) for index in range(opener, closer) if partner.get(index, -1) > index]
    return sorted(change for pair in pairs for change in _mended(context, *pair) or ())


def _mended(context: Context, opener: int, closer: int) -> _Changes:
    tokens = context.tokens
    parts = parts_in(context, opener, closer)
    if tokens[opener].text == "{":
        return _entries(context, parts)
    before = tokens[opener - 1] if opener else None
    called = before is not None and (before.kind == "name" or before.text in CLOSERS)
    if tokens[opener].text == "(" and called:
        is_definition = opener > 1 and tokens[opener - 2].text in ("def", "class")
        return _separated(context, parts, _keep if is_definition else _named)
    return _separated(context, parts, _keep)


# -- lists, calls and parameters ----------------------------------------------------------------------------------


def _separated(context: Context, parts: Sequence[Part], joint: Callable[[Context, Part, Part], _Changes]) -> _Changes:
    """Return the changes for items separated by commas; `joint` handles the other separators in an item."""
    changes: list[_Change] = []
    for index, part in enumerate(parts):
        if part.is_operand:
            changes += _spread(context, part)
        if part.is_operand or part.sign == ",":
            continue
        before = parts[index - 1] if index else None
        if before is None or not before.is_operand or index + 1 == len(parts) or not parts[index + 1].is_operand:
            return None
        if part.sign == GAP:
            changes.append(_inserted(context, before, ","))
        elif part.sign == ";":
            changes.append(_replaced(context, before, part, ","))
        else:
            joined = joint(context, before, part)
            if joined is None:
                return None
            changes += joined
    return changes


def _spread(context: Context, operand: Part) -> list[_Change]:
    """Return the change of `...rows`, which is JavaScript, to `*rows`."""
    token = context.tokens[operand.first]
    if token.text != "..." or operand.last == operand.first + 1:
        return []
    shown = beginning(context.text_of(operand.first + 1, operand.last))
    return [_Change(context.edit(token.start, token.end, "*"), "*", token.text, shown)]


def _keep(context: Context, before: Part, part: Part) -> _Changes:
    return []


def _named(context: Context, before: Part, part: Part) -> _Changes:
    """Return the change that names an argument by `=`."""
    if part.sign == "=":
        return []
    return [_replaced(context, before, part, "=")] if is_name(context, before) else None


# -- dictionaries and sets ----------------------------------------------------------------------------------------


def _entries(context: Context, parts: Sequence[Part]) -> _Changes:
    if not _is_dictionary(context, parts):
        return _separated(context, parts, _keep)
    changes: list[_Change] = []
    index = 0
    while index < len(parts):
        key, sign = parts[index], _sign(parts, index + 1)
        if not key.is_operand:
            return None
        if _is_unpacked(context, key):
            changes += _unpacked(context, key)
        elif sign in (",", None) and not is_literal(context, key):
            changes += _unpacked(context, key)
        else:
            if sign is None or not _is_pair(parts, index):
                return None
            changes += _as_colon(context, key, parts[index + 1])
            index += 2
        following = _sign(parts, index + 1)
        if following == GAP:
            changes.append(_inserted(context, parts[index], ","))
        elif following == ";":
            changes.append(_replaced(context, parts[index], parts[index + 1], ","))
        elif following not in (",", None):
            return None
        index += 2
    return changes


def _is_dictionary(context: Context, parts: Sequence[Part]) -> bool:
    """Return whether the items are entries: some have a key and a value, or all are two operands side by side."""
    signs = [part.sign for part in parts if not part.is_operand]
    if any(sign in _ASSIGNED or sign == ":" for sign in signs):
        return True
    if any(part.is_operand and context.tokens[part.first].text == "**" for part in parts):
        return True
    pairs = signs[::2]
    return bool(pairs) and len(parts) % 4 in (0, 3) and all(sign in (GAP, ";") for sign in pairs) and _alternates(signs)


def _alternates(signs: Sequence[str | None]) -> bool:
    return all(sign == "," for sign in signs[1::2])


def _sign(parts: Sequence[Part], index: int) -> str | None:
    return parts[index].sign if index < len(parts) else None


def _is_pair(parts: Sequence[Part], index: int) -> bool:
    """Return whether a key is followed by a value that is no key of its own."""
    if index + 2 >= len(parts) or not parts[index + 2].is_operand:
        return False
    return parts[index + 1].sign != "," or _sign(parts, index + 3) in (",", None)


def _is_unpacked(context: Context, operand: Part) -> bool:
    return context.tokens[operand.first].text in ("*", "**")


def _unpacked(context: Context, operand: Part) -> list[_Change]:
    """Return the change that unpacks a dictionary in another by `**`."""
    token = context.tokens[operand.first]
    if token.text == "**":
        return []
    is_prefix = token.text in ("*", "...")
    shown = beginning(context.text_of(operand.first + is_prefix, operand.last))
    edit = context.edit(token.start, token.end if is_prefix else token.start, "**")
    return [_Change(edit, "**", token.text if is_prefix else "", shown)]


def _as_colon(context: Context, key: Part, part: Part) -> list[_Change]:
    if part.sign == ":":
        return []
    return [_inserted(context, key, ":") if part.sign == GAP else _replaced(context, key, part, ":")]


def _exchanged(context: Context, opener: int, closer: int) -> Iterator[Candidate]:
    """Yield other brackets: the call of `dict` for `{a = 1}`, and braces for `[**base]`."""
    tokens = context.tokens
    parts = parts_in(context, opener, closer)
    signs = {part.sign for part in parts if not part.is_operand}
    opening = tokens[opener].text
    if opening == "{" and "=" in signs and signs <= {"=", ","}:
        named = [part for index, part in enumerate(parts) if _sign(parts, index + 1) == "="]
        new = ("dict(", ")") if all(is_name(context, part) for part in named) else None
    else:
        unpacks = any(part.is_operand and tokens[part.first].text == "**" for part in parts)
        called = opener and opening == "(" and tokens[opener - 1].kind == "name"
        new = ("{", "}") if unpacks and opening in ("[", "(") and not called and "=" not in signs else None
    if new is not None:
        edits = (
            context.edit(tokens[opener].start, tokens[opener].end, new[0]),
            context.edit(tokens[closer].start, tokens[closer].end, new[1]),
        )
        yield Candidate(edits, f"Replace `{opening}…{tokens[closer].text}` with `{new[0]}…{new[1]}`")


# -- edits --------------------------------------------------------------------------------------------------------


def _inserted(context: Context, before: Part, sign: str) -> _Change:
    """Return the change that adds a sign behind an operand, with a space if none follows."""
    end = context.tokens[before.last - 1].end
    space = "" if context.region.text[end : end + 1].isspace() else " "
    shown = ending(context.text_of(before.first, before.last))
    return _Change(context.edit(end, end, sign + space), sign, "", shown)


def _replaced(context: Context, before: Part, part: Part, sign: str) -> _Change:
    """Return the change that puts another sign in the place of a separator, with the spaces that are usual beside it."""
    tokens, text = context.tokens, context.region.text
    start, end = tokens[before.last - 1].end, tokens[part.last].start
    old = context.text_of(part.first, part.last)
    shown = ending(context.text_of(before.first, before.last))
    if text[start : tokens[part.first].start].strip(" ") or text[tokens[part.last - 1].end : end].strip(" "):
        start, end = tokens[part.first].start, tokens[part.last - 1].end
        return _Change(context.edit(start, end, sign), sign, old, shown)
    return _Change(context.edit(start, end, sign if sign == "=" else f"{sign} "), sign, old, shown)


def _title(changes: Sequence[_Change]) -> str:
    """Return what all changes do, those of a kind told once."""
    told: dict[tuple[str, str], list[_Change]] = {}
    for change in changes:
        told.setdefault((change.sign, change.old), []).append(change)
    parts = [_told(sign, old, alike) for (sign, old), alike in told.items()]
    return "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])


def _told(sign: str, old: str, changes: Sequence[_Change]) -> str:
    places = f" ({len(changes)} places)" if len(changes) > 1 else ""
    side = "before" if sign in ("*", "**") else "after"
    if old:
        return f"Replace `{old}` with `{sign}` {side} `{changes[0].shown}`{places}"
    return f"Add `{sign}` {side} `{changes[0].shown}`{places}"
