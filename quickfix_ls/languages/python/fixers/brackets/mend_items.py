"""Add or replace the separators between the items in brackets, all that are wrong in one step: `{"a" 1, "b" 2}` becomes
`{"a": 1, "b": 2}`, `f(x: 1)` becomes `f(x=1)`, and `{base, **more}` becomes `{**base, **more}`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.item_changes import Change, changes_in, sign_at
from quickfix_ls.languages.python.fixers.items import is_name, parts_in
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate

_MAX_CANDIDATES = 4
_REACH = 4000


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
        Example("d = {'a' [1, 2], 'b': 3}\n", "d = {'a': [1, 2], 'b': 3}\n"),
        Example("d = dict(a: 1, b: 2)\n", "d = dict(a=1, b=2)\n"),
        Example("d = dict('a' = 1, 'b' = 2)\n", "d = dict(a = 1, b = 2)\n"),
        Example("def f(*args **more):\n    return 1\n", "def f(*args, **more):\n    return 1\n"),
        Example("m = [[1 2], [3 4]]\n", "m = [[1, 2], [3, 4]]\n"),
        Example("def f(a: int b: str = ''):\n    return a\n", "def f(a: int, b: str = ''):\n    return a\n"),
        Example("d = {a = 1, b = 2}\n", "d = dict(a = 1, b = 2)\n"),
        Example("d = [**base, **more]\n", "d = {**base, **more}\n"),
        Example("xs = [...first, ...second]\n", "xs = [*first, *second]\n"),
    ],
    leaves=["x = [1, 2\n", "d = {'a': 1 {'b': 2}}\n", "x = [a b for a in c]\n", "d = {'a': 1, 'b', 'c': 2}\n"],
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


def _all_in(context: Context, opener: int, closer: int) -> list[Change]:
    """Return the changes of all pairs of brackets from `opener` to `closer`."""
    partner = context.brackets.partner
    pairs = [(index, partner[index]) for index in range(opener, closer) if partner.get(index, -1) > index]
    return sorted(change for pair in pairs for change in changes_in(context, *pair) or ())


def _exchanged(context: Context, opener: int, closer: int) -> Iterator[Candidate]:
    """Yield other brackets: the call of `dict` for `{a = 1}`, and braces for `[**base]`."""
    tokens = context.tokens
    parts = parts_in(context, opener, closer)
    signs = {part.sign for part in parts if not part.is_operand}
    opening = tokens[opener].text
    if opening == "{" and "=" in signs and signs <= {"=", ","}:
        named = [part for index, part in enumerate(parts) if sign_at(parts, index + 1) == "="]
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


def _title(changes: Sequence[Change]) -> str:
    """Return what all changes do, those of a kind told once."""
    told: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        told.setdefault((change.sign, change.old), []).append(change)
    parts = [_told(sign, old, alike) for (sign, old), alike in told.items()]
    return "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])


def _told(sign: str, old: str, changes: Sequence[Change]) -> str:
    places = f" ({len(changes)} places)" if len(changes) > 1 else ""
    side = "before" if sign in ("*", "**") else "after"
    if old and not changes[0].shown:
        return f"Replace `{old}` with `{sign}`{places}"
    if old:
        return f"Replace `{old}` with `{sign}` {side} `{changes[0].shown}`{places}"
    return f"Add `{sign}` {side} `{changes[0].shown}`{places}"
