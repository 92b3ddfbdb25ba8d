"""Replace methods of other languages or types with Python's expression: `x.length` becomes `len(x)`, `d.has_key(k)`
becomes `k in d`, and `s.append(t)` on a string or tuple becomes `s += t`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_LENGTHS = frozenset({"length", "size"})
_MEMBERSHIPS = frozenset({"contains", "has_key", "includes"})

_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "in", "is", "+", "-", "*", "/", "%", "&", "|", "^", "."})


@fixer(
    handles="name",
    errors=("AttributeError",),
    examples=[
        Example("xs = [1]\nprint(xs.length)\n", "xs = [1]\nprint(len(xs))\n"),
        Example("xs = [1]\nprint(xs.size() + 1)\n", "xs = [1]\nprint(len(xs) + 1)\n"),
        Example("d = {}\nif d.has_key('a'):\n    print(d)\n", "d = {}\nif 'a' in d:\n    print(d)\n"),
        Example("xs = ()\nxs.append(1)\n", "xs = ()\nxs += (1,)\n"),
        Example("s = 'a'\ns.append('b')\n", "s = 'a'\ns += 'b'\n"),
        Example("d = {}\nx = d.has_key(1) == True\n", "d = {}\nx = (1 in d) == True\n"),
    ],
)
def translate_method(context: Context) -> Iterator[Candidate]:
    """Yield a candidate if the object before the dot is a plain name."""
    index, tokens = token_at(context), context.tokens
    if index is None or index < 2 or tokens[index - 2].kind != "name" or tokens[index - 1].text != ".":
        return
    if index > 2 and tokens[index - 3].text == ".":
        return
    owner, name = tokens[index - 2], tokens[index].text
    closer = context.brackets.partner.get(index + 1) if tokens[index + 1 : index + 2] else None
    called = closer is not None and tokens[index + 1].text == "("
    if name in _LENGTHS and (not called or closer == index + 2):
        end = tokens[closer if called and closer is not None else index].end
        yield Candidate((context.edit(owner.start, end, f"len({owner.text})"),), f"Write `len({owner.text})`")
    elif not called or closer is None or closer <= index + 2:
        return
    elif name == "append" and _is_statement(tokens, index - 2, closer):
        added = context.text_of(index + 2, closer)
        is_tuple = context.problem.message.startswith("'tuple'")
        new = f"{owner.text} += ({added},)" if is_tuple else f"{owner.text} += {added}"
        yield Candidate((context.edit(owner.start, tokens[closer].end, new),), f"Write `{new[:40]}`")
    elif name in _MEMBERSHIPS:
        key = context.text_of(index + 2, closer)
        if any(token.kind == "keyword" or token.text in (",", ":=") for token in tokens[index + 2 : closer]):
            key = f"({key})"
        new = f"{key} in {owner.text}"
        following = tokens[closer + 1].text if closer + 1 < len(tokens) else ""
        if following in _OPERATORS or (index > 2 and tokens[index - 3].text in _OPERATORS):
            new = f"({new})"
        yield Candidate((context.edit(owner.start, tokens[closer].end, new),), f"Write `{new[:40]}`")


def _is_statement(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether the tokens from `first` to `last` make up a whole line."""
    before = tokens[first - 1].kind == "newline" if first else True
    return before and (last + 1 >= len(tokens) or tokens[last + 1].kind in ("newline", "comment"))
