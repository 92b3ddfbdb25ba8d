"""Mend the `for` of a comprehension: another word in place of `in`, its parts in the order of a sentence, a generator
beside other arguments. `[n for n of rows]` becomes `[n for n in rows]`."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.items import is_gap
from quickfix_ls.languages.python.fixers.signatures import code_pieces
from quickfix_ls.languages.python.fixers.statements import find_top, is_near
from quickfix_ls.values import Candidate

_REACH = 1000
_MISTAKEN = frozenset({"of", "=", "is", "ni", "on", "from", "inn", "iin", "im", "into", ":", "->", "<-"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = [n for n of rows]\n", "x = [n for n in rows]\n"),
        Example("x = {n for n on rows if n}\n", "x = {n for n in rows if n}\n"),
        Example("x = [f(n) foreach n in rows]\n", "x = [f(n) for n in rows]\n"),
        Example("x = {k: v k, v in rows}\n", "x = {k: v for k, v in rows}\n"),
        Example("x = [for n in rows n * 2]\n", "x = [n * 2 for n in rows]\n"),
        Example("x = [if n > 1 n else 0 for n in rows]\n", "x = [n if n > 1 else 0 for n in rows]\n"),
        Example("x = sum(n for n in rows, 10)\n", "x = sum((n for n in rows), 10)\n"),
        Example("x = [n * 2, for n in rows]\n", "x = [n * 2 for n in rows]\n"),
        Example("x = [n for n in rows where n > 1]\n", "x = [n for n in rows if n > 1]\n"),
        Example("x = [n for n in rows, if n > 1]\n", "x = [n for n in rows if n > 1]\n"),
    ],
    leaves=["for n of rows:\n    go(n)\n", "x = [a, b for a, b in rows]\n"],
)
def mend_comprehension(context: Context) -> Iterator[Candidate]:
    tokens, partner = context.tokens, context.brackets.partner
    for opener in range(min(context.at_end + 1, len(tokens) - 1), -1, -1):
        if not is_near(context, tokens[opener].start, _REACH):
            return
        closer = partner.get(opener, -1)
        if closer <= opener or closer < context.at - 1:
            continue
        loop = find_top(tokens, opener + 1, closer, ("for",))
        if loop is None:
            yield from _loop(context, opener, closer)
        else:
            yield from _target(context, loop, closer)
            yield from _strays(context, opener, loop, closer)
            yield from _element(context, opener, loop, closer)
            yield from _argument(context, opener, closer)


def _loop(context: Context, opener: int, closer: int) -> Iterator[Candidate]:
    """Yield candidates that write the `for` before the names of a loop, or in place of a word like it."""
    tokens = context.tokens
    inside = find_top(tokens, opener + 1, closer, ("in",))
    gap = _gap(context, opener + 2, inside) if inside is not None else None
    if gap is None or inside is None:
        return
    word, behind = tokens[gap], gap + 1
    each = behind < inside and tokens[behind].text == "each"
    is_word = word.text.startswith("for") or OSA.distance(word.text, "for") <= 1
    if is_word and behind + each < inside and tokens[behind + each].kind == "name":
        edit = context.edit(word.start, tokens[gap + each].end, "for")
        yield Candidate((edit,), f"Replace `{context.text_of(gap, gap + 1 + each)}` with `for`")
    elif all(token.kind == "name" or token.text in (",", "(", ")") for token in tokens[gap:inside]):
        edit = context.edit(word.start, word.start, "for ")
        yield Candidate((edit,), f"Add `for` before `{beginning(context.text_of(gap, inside))}`")


def _target(context: Context, loop: int, closer: int) -> Iterator[Candidate]:
    """Yield the candidate that writes `in` for another word behind the names of the loop."""
    tokens = context.tokens
    if tokens[loop + 1].text == "each" and tokens[loop + 2].kind == "name":
        edit = context.edit(tokens[loop].end, tokens[loop + 1].end, "")
        yield Candidate((edit,), "Replace `for each` with `for`")
    end = find_top(tokens, loop + 1, closer, ("in", "if", "for"))
    if end is not None and tokens[end].text == "in":
        return
    index = find_top(tokens, loop + 2, closer, _MISTAKEN)
    if index is not None and index + 1 < closer:
        word = tokens[index]
        is_tight = tokens[index - 1].end == word.start
        new = " in " if is_tight else "in"
        yield Candidate((context.edit(word.start, word.end, new),), f"Replace `{word.text}` with `in`")


def _strays(context: Context, opener: int, loop: int, closer: int) -> Iterator[Candidate]:
    """Yield candidates for a sign before `for` or `if`, and for `where` in place of `if`."""
    tokens = context.tokens
    for index in (loop, *range(loop + 1, closer)):
        sign, word = tokens[index - 1], tokens[index]
        is_clause = word.text in ("for", "if") and index - 1 > opener
        if is_clause and sign.text in (",", ";", ":") and _is_top(context, loop, index):
            gap = "" if context.region.text[sign.end : word.start] else " "
            yield Candidate(
                (context.edit(sign.start, sign.end, gap),), f"Remove the `{sign.text}` before `{word.text}`"
            )
        elif word.text in ("where", "when", "with") and is_gap(context, index - 1, index):
            yield Candidate((context.edit(word.start, word.end, "if"),), f"Replace `{word.text}` with `if`")


def _is_top(context: Context, loop: int, index: int) -> bool:
    """Return whether a token is outside of the brackets behind the `for`."""
    return find_top(context.tokens, loop, index + 1, (context.tokens[index].text,)) is not None and not any(
        loop < opener < index < closer for opener, closer in context.brackets.partner.items()
    )


def _element(context: Context, opener: int, loop: int, closer: int) -> Iterator[Candidate]:
    """Yield candidates that put an element behind the loop, or behind its own condition, to the front."""
    tokens, text = context.tokens, context.text_of
    if loop == opener + 1:
        inside = find_top(tokens, loop, closer, ("in",))
        gap = _gap(context, inside + 2, closer) if inside is not None else None
        if gap is not None:
            new = f"{text(gap, closer)} {text(loop, gap)}"
            yield _rewritten(context, opener + 1, closer, new)
    elif tokens[opener + 1].text == "if":
        other = find_top(tokens, opener + 2, loop, ("else",))
        gap = _gap(context, opener + 3, other) if other is not None else None
        if gap is not None and other is not None:
            new = f"{text(gap, other)} {text(opener + 1, gap)} {text(other, closer)}"
            yield _rewritten(context, opener + 1, closer, new)


def _gap(context: Context, first: int, last: int) -> int | None:
    """Return the first token in [first, last), outside of brackets, that begins an operand without a separator."""
    tokens, partner = context.tokens, context.brackets.partner
    before, index = first - 1, first
    while index < last:
        if tokens[index].kind not in ("newline", "comment"):
            if is_gap(context, before, index):
                return index
            before = index
        index = max(partner.get(index, index), index) + 1
    return None


def _rewritten(context: Context, first: int, last: int, new: str) -> Candidate:
    edit = context.edit(context.tokens[first].start, context.tokens[last - 1].end, new)
    return Candidate((edit,), f"Reorder the comprehension: `{beginning(new)}`")


def _argument(context: Context, opener: int, closer: int) -> Iterator[Candidate]:
    """Yield the candidate that puts a generator beside other arguments into parentheses."""
    tokens = context.tokens
    if "Generator expression" not in context.problem.message or tokens[opener].text != "(":
        return
    for first, last in code_pieces(tokens, opener + 1, closer):
        loop = find_top(tokens, first, last, ("for",))
        if loop is not None and find_top(tokens, loop, last, ("in",)) is not None:
            start, end = tokens[first].start, tokens[last - 1].end
            edits = (context.edit(start, start, "("), context.edit(end, end, ")"))
            yield Candidate(edits, f"Put the generator into brackets: `({beginning(context.text_of(first, last))})`")
