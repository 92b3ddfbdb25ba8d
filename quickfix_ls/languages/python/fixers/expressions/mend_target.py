"""Fix an assignment with an invalid target: swap the sides (`5 = count`), index instead of calling (`d(k) = 1`), or
join words to a single name (`my-name = 3`)."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import FOREIGN
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/="})


@fixer(
    handles="syntax",
    examples=[
        Example("x + 1 = y\n", "y = x + 1\n"),
        Example("5 = count\n", "count = 5\n"),
        Example("len(rows) = n\n", "n = len(rows)\n"),
        Example("my-name = 3\nprint(my-name)\n", "my_name = 3\nprint(my_name)\n"),
        Example("prices('tea') = 3\n", "prices['tea'] = 3\n"),
        Example("'name' = 3\n", "name = 3\n"),
        Example("my name = 3\n", "my_name = 3\n"),
    ],
)
def mend_target(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context, 1, 0):
        equals = find_top(context.tokens, line.first, line.last, _ASSIGNS)
        if equals is None or equals == line.first or equals + 1 == line.last:
            continue
        yield from _swap(context, line, equals)
        yield from _index(context, line, equals)
        yield from _join(context, line, equals)
        target = context.tokens[line.first]
        if equals == line.first + 1 and target.kind == "string" and target.text[1:-1].isidentifier():
            name = target.text[1:-1]
            yield Candidate((context.edit(target.start, target.end, name),), f"Assign to the name `{name}`")


def _swap(context: Context, line: Line, equals: int) -> Iterator[Candidate]:
    """Swap the sides of `value = target` if the right side is a valid target."""
    tokens = context.tokens
    end = _statement_end(context, line)
    right = tokens[equals + 1 : end]
    fits = right and all(token.kind == "name" or token.text in (".", "self", ",") for token in right)
    if tokens[equals].text != "=" or not fits or all(t.kind == "name" for t in tokens[line.first : equals]):
        return
    target, value = context.text_of(equals + 1, end), context.text_of(line.first, equals)
    edits = (
        context.edit(tokens[line.first].start, tokens[equals - 1].end, target),
        context.edit(tokens[equals + 1].start, tokens[end - 1].end, value),
    )
    yield Candidate(edits, f"Swap the sides: `{beginning(f'{target} = {value}')}`")


def _index(context: Context, line: Line, equals: int) -> Iterator[Candidate]:
    tokens = context.tokens
    opener = context.brackets.partner.get(equals - 1)
    if opener is None or tokens[equals - 1].text != ")" or opener <= line.first or equals - opener < 3:
        return
    if tokens[opener - 1].kind == "name" or tokens[opener - 1].text in ("]", ")"):
        edits = (
            context.edit(tokens[opener].start, tokens[opener].end, "["),
            context.edit(tokens[equals - 1].start, tokens[equals - 1].end, "]"),
        )
        shown = beginning(context.text_of(opener + 1, equals - 1))
        yield Candidate(edits, f"Index with `[{shown}]`")


def _join(context: Context, line: Line, equals: int) -> Iterator[Candidate]:
    """Replace `my-name` or `my name` with `my_name` throughout the region."""
    tokens = context.tokens
    words = tokens[line.first : equals]
    if not 2 <= len(words) <= 7 or not all(word.kind == "name" or word.text == "-" for word in words):
        return
    names = [word.text for word in words if word.text != "-"]
    parts = [word.text for word in words]
    if len(names) < 2 or parts[0] in FOREIGN or parts[0] == "-" or parts[-1] == "-":
        return
    new = "_".join(names)
    edits: list[Edit] = []
    index = 0
    while index + len(parts) <= len(tokens):
        run = tokens[index : index + len(parts)]
        if run[0].text == parts[0] and [token.text for token in run] == parts:
            edits.append(context.edit(run[0].start, run[-1].end, new))
            index += len(parts)
        else:
            index += 1
    count = f" ({len(edits)} places)" if len(edits) > 1 else ""
    yield Candidate(tuple(edits), f"Write it as one name: `{new}`{count}")


def _statement_end(context: Context, line: Line) -> int:
    semicolon = find_top(context.tokens, line.first, line.last, (";",))
    return line.last if semicolon is None else semicolon
