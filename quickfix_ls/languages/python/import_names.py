"""Edits that add a name to an import statement of a file, or remove one from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quickfix_ls.languages.python.imports import Import, ImportBlock
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit, Span


class _Item(NamedTuple):
    """An imported name: its start and end in the statement, its `as` clause included, and the white space before it."""

    name: str
    start: int
    end: int
    gap: str


def extension(text: str, block: ImportBlock, module: str, member: str) -> Edit | None:
    """Return the edit that adds `member` to the first suitable `from module import ...` of the file; None if there is
    none."""
    for statement in block.imports if member else ():
        if statement.module == module:
            edit = _extended(text, statement, member)
            if edit is not None:
                return edit
    return None


def shortened(text: str, known: Import, member: str) -> Edit | None:
    """Return the edit that removes one of several names from an import statement; None if the name is not in it, or if
    the statement contains comments."""
    statement = text[known.start : known.end]
    tokens = [token for token in lex(statement) if token.kind not in ("newline", "comment")]
    items = _items(statement, tokens)
    at = next((index for index, item in enumerate(items) if item.name == member), None)
    if at is None or len(items) < 2 or "#" in statement:
        return None
    first, last = (items[at].start, items[at + 1].start) if at + 1 < len(items) else (items[at - 1].end, items[at].end)
    return Edit(Span(known.start + first, known.start + last), "")


def _extended(text: str, known: Import, member: str) -> Edit | None:
    statement = text[known.start : known.end]
    if "#" in statement or "*" in statement:
        return None
    tokens = [token for token in lex(statement) if token.kind not in ("newline", "comment")]
    items = _items(statement, tokens)
    if not items:
        return None
    at = _place([item.name for item in items], member)
    if at < len(items):
        place, new = items[at].start, f"{member},{items[at].gap or ' '}"
        if at == 0 and len(items) > 1:
            new = f"{member},{items[1].gap}"
        return Edit(Span(known.start + place, known.start + place), new)
    gap = items[-1].gap if len(items) > 1 else " "
    last = items[-1].end
    behind = next((token for token in tokens if token.start >= last), None)
    if behind is not None and behind.text == ",":
        return Edit(Span(known.start + behind.end, known.start + behind.end), f"{gap}{member},")
    return Edit(Span(known.start + last, known.start + last), f",{gap}{member}")


def _items(statement: str, tokens: Sequence[Token]) -> list[_Item]:
    begin = next((index for index, token in enumerate(tokens) if token.text == "import"), len(tokens))
    found: list[_Item] = []
    previous = tokens[begin].end if begin < len(tokens) else 0
    run: list[Token] = []
    for token in [*tokens[begin + 1 :], None]:
        if token is not None and token.text not in ("(", ")", ","):
            run.append(token)
            continue
        if run:
            found.append(_Item(run[0].text, run[0].start, run[-1].end, statement[previous : run[0].start]))
            run = []
        previous = token.end if token is not None else previous
    return found


def _by_kind(name: str) -> tuple[int, str]:
    """Sort key for constants, classes, functions, in the order of isort."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2), name.lower()


def _place(names: list[str], member: str) -> int:
    """Return the index at which to insert a new name: according to the order that the names are in, else at the end."""
    orders: tuple[Callable[[str], object], ...] = (_by_kind, str.lower, str)
    for order in orders:
        keys = [order(name) for name in names]
        if keys == sorted(keys):  # type: ignore[type-var]  # keys of one order can be compared
            return sum(key <= order(member) for key in keys)  # type: ignore[operator]
    return len(names)
