"""Changes of the separators between items in brackets that make the items well-formed: commas, the `:` and `**` of a
dictionary, the `=` of arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.items import GAP, Part, is_literal, is_name, parts_in
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Edit

_ASSIGNED = frozenset({"=", "=>", "->"})


class Change(NamedTuple):
    """An edit, with what a title says of it: the sign that is put in, the one that it replaces, and the text before."""

    edit: Edit
    sign: str
    old: str
    shown: str


Changes = list[Change] | None
"""The changes that make the items well-formed; None if that can't be done by separators."""


def changes_in(context: Context, opener: int, closer: int) -> Changes:
    """Return the changes for the items between two brackets."""
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


def _separated(context: Context, parts: Sequence[Part], joint: Callable[[Context, Part, Part], Changes]) -> Changes:
    """Return the changes for items separated by commas; `joint` handles the other separators in an item."""
    changes: list[Change] = []
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


def _spread(context: Context, operand: Part) -> list[Change]:
    """Return the change of `...rows`, which is JavaScript, to `*rows`."""
    token = context.tokens[operand.first]
    if token.text != "..." or operand.last == operand.first + 1:
        return []
    shown = beginning(context.text_of(operand.first + 1, operand.last))
    return [Change(context.edit(token.start, token.end, "*"), "*", token.text, shown)]


def _keep(context: Context, before: Part, part: Part) -> Changes:
    return []


def _named(context: Context, before: Part, part: Part) -> Changes:
    """Return the change that names an argument by `=`; the name may be in quotes."""
    token = context.tokens[before.first]
    if is_literal(context, before) and token.text[1:-1].isidentifier() and part.sign in ("=", "=>"):
        unquoted = Change(context.edit(token.start, token.end, token.text[1:-1]), token.text[1:-1], token.text, "")
        return [unquoted] if part.sign == "=" else [unquoted, _replaced(context, before, part, "=")]
    if part.sign == "=":
        return []
    return [_replaced(context, before, part, "=")] if is_name(context, before) else None


# -- dictionaries and sets ----------------------------------------------------------------------------------------


def _entries(context: Context, parts: Sequence[Part]) -> Changes:
    if not _is_dictionary(context, parts):
        return _separated(context, parts, _keep)
    changes: list[Change] = []
    index = 0
    while index < len(parts):
        key, sign = parts[index], sign_at(parts, index + 1)
        if not key.is_operand:
            return None
        is_alone = sign in (",", None) and not is_literal(context, key)
        if is_alone or _is_unpacked(context, key):
            change = _unpacked(context, key) if _can_be_unpacked(context, key) else _split_entry(context, key)
            if change is None:
                return None
            changes += change
        else:
            if sign is None or not _is_pair(parts, index):
                return None
            changes += _as_colon(context, key, parts[index + 1])
            index += 2
        following = sign_at(parts, index + 1)
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


def sign_at(parts: Sequence[Part], index: int) -> str | None:
    """Return the sign of a part; None if there is no such part."""
    return parts[index].sign if index < len(parts) else None


def _is_pair(parts: Sequence[Part], index: int) -> bool:
    """Return whether a key is followed by a value that is no key of its own."""
    if index + 2 >= len(parts) or not parts[index + 2].is_operand:
        return False
    return parts[index + 1].sign != "," or sign_at(parts, index + 3) in (",", None)


def _is_unpacked(context: Context, operand: Part) -> bool:
    return context.tokens[operand.first].text in ("*", "**")


def _can_be_unpacked(context: Context, operand: Part) -> bool:
    """Return whether an operand may be a dictionary that is unpacked: not a string, number or display."""
    token = context.tokens[operand.first]
    return token.kind == "name" or token.text in ("*", "**", "...", "(")


def _split_entry(context: Context, operand: Part) -> list[Change] | None:
    """Return the change that adds `:` between a string and the display directly behind it; None for other operands."""
    tokens = context.tokens
    if operand.last < operand.first + 2 or tokens[operand.first].kind != "string":
        return None
    if tokens[operand.first + 1].text not in OPENERS:
        return None
    return [_inserted(context, Part(operand.first, operand.first + 1), ":")]


def _unpacked(context: Context, operand: Part) -> list[Change]:
    """Return the change that unpacks a dictionary in another by `**`."""
    token = context.tokens[operand.first]
    if token.text == "**":
        return []
    is_prefix = token.text in ("*", "...")
    shown = beginning(context.text_of(operand.first + is_prefix, operand.last))
    edit = context.edit(token.start, token.end if is_prefix else token.start, "**")
    return [Change(edit, "**", token.text if is_prefix else "", shown)]


def _as_colon(context: Context, key: Part, part: Part) -> list[Change]:
    if part.sign == ":":
        return []
    return [_inserted(context, key, ":") if part.sign == GAP else _replaced(context, key, part, ":")]


# -- edits --------------------------------------------------------------------------------------------------------


def _inserted(context: Context, before: Part, sign: str) -> Change:
    """Return the change that adds a sign behind an operand, with a space if none follows."""
    end = context.tokens[before.last - 1].end
    space = "" if context.region.text[end : end + 1].isspace() else " "
    shown = ending(context.text_of(before.first, before.last))
    return Change(context.edit(end, end, sign + space), sign, "", shown)


def _replaced(context: Context, before: Part, part: Part, sign: str) -> Change:
    """Return the change that puts another sign in the place of a separator, with the usual spaces."""
    tokens, text = context.tokens, context.region.text
    start, end = tokens[before.last - 1].end, tokens[part.last].start
    old = context.text_of(part.first, part.last)
    shown = ending(context.text_of(before.first, before.last))
    if text[start : tokens[part.first].start].strip(" ") or text[tokens[part.last - 1].end : end].strip(" "):
        start, end = tokens[part.first].start, tokens[part.last - 1].end
        return Change(context.edit(start, end, sign), sign, old, shown)
    return Change(context.edit(start, end, sign if sign == "=" else f"{sign} "), sign, old, shown)
