"""Replace a tuple parameter of Python 2 with a single name and unpack it: `lambda (k, v): v` becomes
`lambda k_v: k_v[1]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import end_of, find_top, is_near, split_top
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate, Edit

_APPLIERS = frozenset({"map", "filter", "imap", "ifilter", "apply", "takewhile", "dropwhile", "sort"})


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def move(self, (x, y)):\n    self.go(x + y)\n",
            "def move(self, x_y):\n    x, y = x_y\n    self.go(x + y)\n",
        ),
        Example("rows.sort(key=lambda (k, v): v)\n", "rows.sort(key=lambda k_v: k_v[1])\n"),
        Example("x = reduce(lambda n, (k, v): n + v, d)\n", "x = reduce(lambda n, k_v: n + k_v[1], d)\n"),
        Example("f = lambda (a, (b, c)): b\n", "f = lambda a_b_c: a_b_c[1][0]\n"),
        Example("f = lambda (x, y): x + y\n", "f = lambda x, y: x + y\n"),
        Example("f = lambda (x): x + 1\n", "f = lambda x: x + 1\n"),
    ],
)
def unpack_parameter(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 20), min(len(tokens), context.at + 3)):
        if tokens[index].text not in ("def", "lambda") or not is_near(context, tokens[index].start):
            continue
        edits = parameter_edits(context, index)
        if edits:
            yield Candidate(edits, "Name the tuple parameter and unpack it")
        if tokens[index].text == "lambda" and not (edits and _takes_one(context, index)):
            yield from _without_brackets(context, index)


def parameter_edits(context: Context, index: int) -> tuple[Edit, ...]:
    """Return the edits for the `def` or `lambda` at a token; empty if none of its parameters is a tuple of names."""
    if context.tokens[index].text == "lambda":
        return _lambda_edits(context, index)
    return _def_edits(context, index)


def _def_edits(context: Context, index: int) -> tuple[Edit, ...]:
    tokens = context.tokens
    opener = index + 2
    closer = context.brackets.partner.get(opener)
    if closer is None or opener >= len(tokens) or tokens[opener].text != "(" or tokens[closer].text != ")":
        return ()
    edits, unpacked = [], []
    for first, last in split_top(tokens, opener + 1, closer):
        names = _names(context, first, last)
        if names:
            edits.append(context.edit(tokens[first].start, tokens[last - 1].end, "_".join(names)))
            unpacked.append(f"{context.text_of(first + 1, last - 1)} = {'_'.join(names)}")
    body = next((line for line in context.lines if line.first > closer), None)
    colon = find_top(tokens, closer + 1, len(tokens), (":",))
    if not edits or body is None or colon is None or not any(t.kind == "newline" for t in tokens[colon : body.first]):
        return ()
    white = context.region.text[body.start : body.start + body.indent]
    edits.append(context.edit(body.start, body.start, "".join(f"{white}{line}\n" for line in unpacked)))
    return tuple(edits)


def _lambda_edits(context: Context, index: int) -> tuple[Edit, ...]:
    """Return the edits that name the tuple parameters of a lambda and turn each read of their names into an index."""
    tokens = context.tokens
    colon = find_top(tokens, index + 1, len(tokens), (":",))
    if colon is None:
        return ()
    edits: list[Edit] = []
    indexed: dict[str, str] = {}
    for first, last in split_top(tokens, index + 1, colon):
        names = _names(context, first, last)
        if len(names) > 1:
            whole = "_".join(names)
            space = " " if tokens[first - 1].end == tokens[first].start and tokens[first - 1].text == "lambda" else ""
            edits.append(context.edit(tokens[first].start, tokens[last - 1].end, space + whole))
            indexed |= {name: whole + path for name, path in _paths(context, first, last).items()}
    end, depth = colon + 1, 0
    while edits and end < min(end_of(tokens, index), len(tokens)):
        token = tokens[end]
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        if depth < 0 or (depth == 0 and token.text == ","):
            break
        if token.text in indexed and tokens[end - 1].text != "." and token.kind == "name":
            edits.append(context.edit(token.start, token.end, indexed[token.text]))
        end += 1
    return tuple(edits)


def _paths(context: Context, first: int, last: int) -> dict[str, str]:
    """Return the index of each name in a tuple of names, which may hold tuples: `[1][0]` for `b` in `(a, (b, c))`."""
    tokens = context.tokens
    found: dict[str, str] = {}
    pieces = [piece for piece in split_top(tokens, first + 1, last - 1) if piece[0] < piece[1]]
    for place, (start, end) in enumerate(pieces):
        inner = _paths(context, start, end) if tokens[start].text == "(" else {tokens[start].text: ""}
        found |= {name: f"[{place}]{path}" for name, path in inner.items()}
    return found


def _takes_one(context: Context, index: int) -> bool:
    """Return whether a lambda is called with a single argument: as a `key`, or by `map` or `filter`."""
    tokens = context.tokens
    if index > 1 and tokens[index - 1].text == "=" and tokens[index - 2].text == "key":
        return True
    opener = index - 1
    closer = context.brackets.partner.get(opener, -1)
    called = tokens[opener - 1].text if opener > 0 and tokens[opener].text == "(" else ""
    return called in _APPLIERS and len(split_top(tokens, index, closer)) <= 2


def _without_brackets(context: Context, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    closer = context.brackets.partner.get(index + 1)
    if closer is None or tokens[index + 1].text != "(" or closer + 1 >= len(tokens) or tokens[closer + 1].text != ":":
        return
    opening, closing = tokens[index + 1], tokens[closer]
    edits = (context.edit(opening.start, opening.end, ""), context.edit(closing.start, closing.end, ""))
    yield Candidate(edits, "Remove the brackets around the parameters")


def _names(context: Context, first: int, last: int) -> list[str]:
    """Return the names of `(a, b)`, whose parentheses are the first and last token; empty for anything else."""
    tokens = context.tokens
    if last - first < 3 or tokens[first].text != "(" or context.brackets.partner.get(first) != last - 1:
        return []
    inner = tokens[first + 1 : last - 1]
    fine = all(token.kind == "name" or token.text in (",", "(", ")") for token in inner)
    return [token.text for token in inner if token.kind == "name"] if fine and "," in [t.text for t in inner] else []
