"""Use other quotes for the strings in an f-string's fields, or around the f-string, for Python before 3.12:
`f"{row["name"]}"` becomes `f"{row['name']}"`. Backslashes before the quotes of a field are removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.quote_costs import OTHER, Literal, is_in_field
from quickfix_ls.languages.python.quote_readings import readings_near
from quickfix_ls.values import Candidate, Edit

_MAX_LEAD = 1.0


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{row["name"]}")\n', "print(f\"{row['name']}\")\n"),
        Example('print(f"{row["name"]}")\n', "print(f'{row[\"name\"]}')\n"),
        Example("x = f'{d['a']}: {d['b']}'\n", 'x = f\'{d["a"]}: {d["b"]}\'\n'),
        Example('x = f"{", ".join(parts)}."\n', "x = f\"{', '.join(parts)}.\"\n"),
        Example('x = f"{d["it\'s"]}"\n', 'x = f"""{d["it\'s"]}"""\n'),
        Example('x = f"{d[\\"a\\"]}"\n', "x = f\"{d['a']}\"\n"),
    ],
    leaves=['x = "{row["name"]}"\n'],
)
def requote_field(context: Context) -> Iterator[Candidate]:
    best: float | None = None
    text = context.region.text
    for reading in readings_near(context.region.text, span_of(context)):
        best = reading.cost if best is None else best
        if reading.cost <= best + _MAX_LEAD and all(literal.is_format for literal in reading.faulty):
            yield from _requoted(context, text, reading.faulty)
    yield from _unescaped(context)


def _requoted(context: Context, text: str, literals: tuple[Literal, ...]) -> Iterator[Candidate]:
    """Yield one candidate for each way to write all of these f-strings; they have quotes in their fields alone."""
    if not all(literal.inner and all(_is_in_field(text, literal, at) for at in literal.inner) for literal in literals):
        return
    if any(literal.is_escaped or literal.opening != literal.closing for literal in literals):
        return
    quote, body = literals[0].opening, text[literals[0].body : literals[0].end]
    shown = beginning(body)
    inside = [context.edit(at, at + 1, OTHER[literal.opening]) for literal in literals for at in literal.inner]
    if not any(_has_in_field(text, literal, OTHER[literal.opening]) for literal in literals):
        yield Candidate(tuple(inside), f"Use `{OTHER[quote]}` inside of `{shown}`")
    others = [OTHER[literal.opening] for literal in literals]
    if not any(other in text[literal.body : literal.end] for literal, other in zip(literals, others, strict=True)):
        yield Candidate(_around(context, literals, others), f"Put `{shown}` in `{OTHER[quote]}`")
    elif len(inside) and any(_has_in_field(text, literal, OTHER[literal.opening]) for literal in literals):
        triples = [_triple(text, literal) for literal in literals]
        if all(triples):
            yield Candidate(_around(context, literals, triples), f"Put `{shown}` in `{triples[0]}`")


def _around(context: Context, literals: tuple[Literal, ...], quotes: list[str]) -> tuple[Edit, ...]:
    return tuple(
        context.edit(at, at + 1, quote)
        for literal, quote in zip(literals, quotes, strict=True)
        for at in (literal.body - 1, literal.end)
    )


def _triple(text: str, literal: Literal) -> str:
    """Return the three quotes that the f-string can be put in; empty if there are none."""
    body = text[literal.body : literal.end]
    wanted = (literal.opening * 3, OTHER[literal.opening] * 3)
    return next((quotes for quotes in wanted if quotes not in body and not body.endswith(quotes[0])), "")


def _has_in_field(text: str, literal: Literal, quote: str) -> bool:
    body = text[literal.body : literal.end]
    return any(body[at] == quote and is_in_field(body[:at]) for at in range(len(body)))


def _is_in_field(text: str, literal: Literal, at: int) -> bool:
    return is_in_field(text[literal.body : at])


_ESCAPED = re.compile(
    r"(?i:\b(?:f|fr|rf))(?P<quote>[\"'])(?P<body>(?:[^\\\r\n\"']|\\[^\r\n]|(?!(?P=quote))[\"'])*)(?P=quote)"
)
_BACKSLASHED = re.compile(r"\\([\"'])")


def _unescaped(context: Context) -> Iterator[Candidate]:
    """Yield candidates for `f"{row[\\"name\\"]}"`: other quotes inside, without backslashes."""
    text = context.region.text
    low = text.rfind("\n", 0, min(context.offset, len(text))) + 1
    for found in _ESCAPED.finditer(text, low, min(len(text), context.offset + 400)):
        quote, body, start = found["quote"], found["body"], found.start("body")
        places = [at for at in _BACKSLASHED.finditer(body) if is_in_field(body[: at.start()])]
        other = OTHER[quote]
        if not places or any(at[1] != quote for at in places):
            continue
        shown = beginning(body)
        fields = "".join(char for at, char in enumerate(body) if is_in_field(body[:at]))
        if other not in fields:
            edits = tuple(context.edit(start + at.start(), start + at.end(), other) for at in places)
            yield Candidate(edits, f"Use `{other}` inside of `{shown}`")
