"""Put quotes around a sign that stands where a text belongs: `line.split(,)` becomes `line.split(",")`, `print(*)`
becomes `print("*")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of, usual_quote
from quickfix_ls.languages.python.quote_readings import lines_at
from quickfix_ls.values import Candidate

_SIGN = r"(?:[^\w\s\"'()\[\]{}\\,]+|\\[ntr\\])"
_CALL = re.compile(
    r"(?<![\w.])(?:print|input|ord|len|str)[ \t]*\((?P<plain>[^()\[\]{}\r\n]*)\)"
    r"|\.(?:r?split|join|replace|l?r?strip|count|r?find|r?index|startswith|endswith|r?partition|append|insert|add|write"
    r"|ljust|rjust|center|remove|sub)[ \t]*\((?P<method>[^()\[\]{}\r\n]*)\)"
)
_WHOLE = re.compile(rf"[ \t]*(?P<text>,+[ \t]*|{_SIGN}(?:[ \t]+{_SIGN})*)[ \t]*")
_PIECE = re.compile(rf"[ \t]*(?:(?:sep|end|maxsplit)[ \t]*=[ \t]*)?(?P<text>{_SIGN})[ \t]*")
_TIMES = re.compile(
    rf"[ \t]*(?P<text>{_SIGN})[ \t]*\*[ \t]*[\w(].*|[ \t]*[\w)]+[ \t]*\*[ \t]*(?P<behind>{_SIGN})[ \t]*"
)
_LACKING = re.compile(r"[ \t]*(?:sep|end)[ \t]*=[ \t]*")
_TWO = re.compile(rf"[ \t]*(?P<first>,|{_SIGN})[ \t]*,[ \t]*(?P<second>,|{_SIGN}|_|)[ \t]*")
_COMMA_FIRST = re.compile(r"[ \t]*(?P<text>,)[ \t]*,[ \t]*[\"']")
_JOINED = re.compile(r"(?:[=(,:\[][ \t]*|\breturn[ \t]+)(?P<text>,|[^\w\s\"'()\[\]{}\\,.=:]+)(?=\.join[ \t]*\()")
_COMPARED = re.compile(r"(?:[=!]=|\bin)[ \t]*(?P<text>,|[^\w\s\"'()\[\]{}\\,:=]+)[ \t]*(?=:|\)|$|\b(?:and|or)\b)")
_LIST = re.compile(rf"[\[(](?P<items>[ \t]*{_SIGN}[ \t]*(?:,[ \t]*{_SIGN}[ \t]*)+)[\])]")
_STRING = re.compile(r"([\"'])((?:[^\\\"']|\\.|(?!\1)[\"'])*)\1")
_GROUP = re.compile(r"(?<!\.)\b\w[\w.]*[(\[]([^()\[\]{}]*)[)\]]")
_HASH = re.compile(r"[(,=][ \t]*(?P<text>#+)(?=[ \t]*[,)])")


@fixer(
    handles="syntax",
    examples=[
        Example("print(*)\n", 'print("*")\n'),
        Example("parts = line.split(,)\n", 'parts = line.split(",")\n'),
        Example("parts = 'a; b'.split(;)\n", "parts = 'a; b'.split(';')\n"),
        Example("x = s.replace(,, ;)\n", 'x = s.replace(",", ";")\n'),
        Example("x = s.replace(,, ' ')\n", "x = s.replace(',', ' ')\n"),
        Example("x = s.replace(-, _)\n", 'x = s.replace("-", "_")\n'),
        Example('print(a, b, sep=-, end="")\n', 'print(a, b, sep="-", end="")\n'),
        Example("print(a, end=,)\n", 'print(a, end=",")\n'),
        Example("print(- * 20)\n", 'print("-" * 20)\n'),
        Example("x = ,.join(words)\n", 'x = ",".join(words)\n'),
        Example("if sign == +:\n    go()\n", 'if sign == "+":\n    go()\n'),
        Example("signs = [+, -, *, /]\n", 'signs = ["+", "-", "*", "/"]\n'),
        Example("print(str(a), +, b[0], =, 'a (+)')\n", "print(str(a), '+', b[0], '=', 'a (+)')\n"),
        Example("print(#)\n", 'print("#")\n'),
        Example("print(total, \\n)\n", 'print(total, "\\n")\n'),
    ],
    leaves=["f(a, *)\n", "print(a b)\n", "x = f(, 1)\n"],
)
def quote_signs(context: Context) -> Iterator[Candidate]:
    text, quote = context.region.text, usual_quote(context)
    for start, end in lines_at(text, span_of(context)):
        line = text[start:end]
        for spans in _signs(line):
            edits = [context.edit(start + at, start + at, quote) for span in spans for at in span]
            if any(first == last for first, last in spans):
                edits = [
                    context.edit(start + first, start + last, f"{quote}{line[first:last]}{quote}")
                    for first, last in spans
                ]
            shown = ", ".join(f"`{quote}{line[first:last]}{quote}`" for first, last in spans[:4])
            yield Candidate(tuple(edits), f"Put quotes around the text: {shown}")


def _signs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield, for each place of a line with signs that are no code there, the spans of these signs."""
    line = _masked(text)
    for call in _CALL.finditer(line):
        group = "plain" if call["plain"] is not None else "method"
        spans = _of_arguments(call[group])
        if spans:
            yield [(call.start(group) + first, call.start(group) + last) for first, last in spans]
    for pattern in (_JOINED, _COMPARED, _HASH):
        yield from ([found.span("text")] for found in pattern.finditer(line))
    for found in _LIST.finditer(line):
        start = found.start("items")
        yield [(start + sign.start(), start + sign.end()) for sign in re.finditer(_SIGN, found["items"])]


def _masked(line: str) -> str:
    """Return the line with the text of its strings, and brackets without such signs, replaced by letters."""
    line = _STRING.sub(lambda found: found[1] + "_" * len(found[2]) + found[1], line)
    for _ in range(4):
        line = _GROUP.sub(lambda found: found[0] if _of_arguments(found[1]) else "x" * len(found[0]), line)
    return line


def _of_arguments(text: str) -> list[tuple[int, int]]:
    """Return the spans of the signs among the arguments of a call, given the text between its brackets."""
    if '"' in text or "'" in text:
        comma = _COMMA_FIRST.match(text)
        return [comma.span("text")] if comma else _of_pieces(text)
    whole = _WHOLE.fullmatch(text)
    if whole:
        return [whole.span("text")]
    two = _TWO.fullmatch(text)
    if two and (two["second"] or two["first"] == ","):
        return [two.span("first"), two.span("second")]
    return _of_pieces(text)


def _of_pieces(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    pieces = text.split(",")
    at = 0
    for number, piece in enumerate(pieces):
        found, times = _PIECE.fullmatch(piece), _TIMES.fullmatch(piece)
        if found:
            spans.append((at + found.start("text"), at + found.end("text")))
        elif times:
            group = "text" if times["text"] else "behind"
            spans.append((at + times.start(group), at + times.end(group)))
        elif _LACKING.fullmatch(piece) and number + 2 == len(pieces) and not pieces[number + 1].strip():
            spans.append((at + len(piece), at + len(piece) + 1))
        at += len(piece) + 1
    return spans
