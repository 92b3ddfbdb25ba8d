"""Double the backslashes of a string that are meant as such: `"C:\\Users"` becomes `"C:\\\\Users"`, and `'C:\\data\\'`,
whose last backslash escapes the quote, becomes `'C:\\\\data\\\\'`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.quote_costs import Literal
from quickfix_ls.languages.python.quote_readings import readings_near
from quickfix_ls.languages.python.string_escapes import LiteralParts, parts_of
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_MAX_LEAD = 1.5


@fixer(
    handles="syntax",
    examples=[
        Example("x = 'C:\\Users\\me\\new'\n", "x = 'C:\\\\Users\\\\me\\\\new'\n"),
        Example('x = "in C:\\Users\\n"\n', 'x = "in C:\\\\Users\\n"\n'),
        Example("folder = 'D:\\tools\\'\n", "folder = 'D:\\\\tools\\\\'\n"),
        Example("parts = path.split('\\')\n", "parts = path.split('\\\\')\n"),
        Example("folder = r'D:\\tools\\' + name\n", "folder = 'D:\\\\tools\\\\' + name\n"),
    ],
    leaves=["x = 'a\\d\\'s' b\n"],
)
def double_backslashes(context: Context) -> Iterator[Candidate]:
    found = strings_with_wrong_escapes(context)
    if found:
        yield doubling(context, found)
    best: float | None = None
    for reading in readings_near(context.region.text, span_of(context)):
        best = reading.cost if best is None else best
        if reading.cost <= best + _MAX_LEAD and all(_is_escaped_alone(literal) for literal in reading.faulty):
            edits = [edit for literal in reading.faulty for edit in _with_last_doubled(context, literal)]
            yield Candidate(tuple(edits), f"Double the backslash before `{reading.faulty[0].closing}`")


def strings_with_wrong_escapes(context: Context) -> list[tuple[Token, LiteralParts]]:
    """Return the strings on the lines of the problem that have an escape which Python can't decode, with their
    parts."""
    return [(token, parts) for token, parts in strings_on_lines(context) if parts.undecodable()]


def strings_on_lines(context: Context) -> list[tuple[Token, LiteralParts]]:
    """Return the strings on the lines of the problem, with their parts."""
    text, span = context.region.text, span_of(context)
    first = text.rfind("\n", 0, max(0, min(span.start, len(text)))) + 1
    last = text.find("\n", max(span.start, span.end))
    last = last if last >= 0 else len(text)
    near = [token for token in context.tokens if token.kind == "string" and token.start <= last and token.end >= first]
    return [(token, parts) for token in near if (parts := parts_of(token.text)) is not None]


def doubling(context: Context, found: list[tuple[Token, LiteralParts]]) -> Candidate:
    """Return the candidate that doubles the backslashes in strings which are meant as such."""
    edits = tuple(
        context.edit(at, at, "\\")
        for token, parts in found
        for at in (token.start + parts.body_start + offset for offset in parts.meant_as_backslashes())
    )
    return Candidate(edits, f"Double the backslashes: `{_doubled(found[0][1])}`")


def _is_escaped_alone(literal: Literal) -> bool:
    return literal.is_escaped and not literal.inner and literal.opening == literal.closing


def _with_last_doubled(context: Context, literal: Literal) -> Iterator[Edit]:
    """Yield the edits after which the last backslash of a string is one, and those of a path before it, too."""
    text = context.region.text
    body = text[literal.body : literal.end]
    parts = LiteralParts("", literal.closing, body[:-1])
    if literal.is_raw:
        plain = literal.prefix.replace("r", "").replace("R", "")
        yield context.edit(literal.start, literal.body - 1, plain)
        places = [at for at, char in enumerate(body[:-1]) if char == "\\"]
    else:
        places = parts.meant_as_backslashes()
    for at in (*places, len(body) - 1):
        yield context.edit(literal.body + at, literal.body + at, "\\")


def _doubled(parts: LiteralParts) -> str:
    body = parts.body
    for at in reversed(parts.meant_as_backslashes()):
        body = f"{body[:at]}\\{body[at:]}"
    return beginning(parts.prefix + parts.quotes + body + parts.quotes)
