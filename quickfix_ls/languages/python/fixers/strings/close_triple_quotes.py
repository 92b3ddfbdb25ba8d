"""Close a string in triple quotes where its text ends, before the code below it, or complete its quotes: a docstring
that is never closed takes in the code below it, up to the next docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.prose import is_code
from quickfix_ls.languages.python.quote_costs import may_end_before
from quickfix_ls.lexing.tokens import Token, indent_of
from quickfix_ls.values import Candidate

_TRIPLE = ('"""', "'''")
_HALF_OPEN = re.compile(r"^[ \t]*(?:[^\"'#\n]*=[ \t]*)?(?P<quotes>\"\"?(?!\")|''?(?!'))(?=[^\"'\s])", re.MULTILINE)


class _Line(NamedTuple):
    """A line of a string's text, and its offset in the region."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character that is no white space."""
        return self.start + len(self.text.rstrip())


class _Opened(NamedTuple):
    """A string whose closing quotes are missing: its quotes, the indentation of its first line, and the lines of its
    text."""

    token: Token
    quotes: str
    indent: str
    is_statement: bool
    lines: list[_Line]


@fixer(
    handles="syntax",
    examples=[
        Example('def f():\n    """Say hello.\n    return 1\n', 'def f():\n    """Say hello."""\n    return 1\n'),
        Example(
            'def f():\n    """Say.\n\n    More.\n    return 1\n\n\ndef g():\n    """Do."""\n',
            'def f():\n    """Say.\n\n    More.\n    """\n    return 1\n\n\ndef g():\n    """Do."""\n',
        ),
        Example('"""Say hello."\nx = 1\n', '"""Say hello."""\nx = 1\n'),
        Example('"""Say.\n\nMore.\n""\n\nimport os\n', '"""Say.\n\nMore.\n"""\n\nimport os\n'),
        Example('def f():\n    ""Say hello."""\n    return 1\n', 'def f():\n    """Say hello."""\n    return 1\n'),
        Example('say("""Hello,\nworld"", name)\n', 'say("""Hello,\nworld""", name)\n'),
        Example("q = '''\nSELECT a\n\ngo(q)\n", "q = '''\nSELECT a\n'''\n\ngo(q)\n"),
        Example('x = """one"\n', 'x = "one"\n'),
        Example('def f():\n    """\n    return 1\n', "def f():\n    return 1\n"),
    ],
    leaves=['x = """one""" two\n'],
)
def close_triple_quotes(context: Context) -> Iterator[Candidate]:
    yield from _complete_opening(context)
    opened = _never_closed(context)
    if opened is None:
        return
    below = next((number for number, line in enumerate(opened.lines) if number and _is_below(opened, line)), None)
    text = opened.lines[:below]
    partial = next((line for line in text if _has_part(opened, line)), None)
    if partial is not None:
        yield from _complete(context, opened, partial)
        return
    full = [line for line in text if line.text.strip()]
    if full:
        yield from _close(context, opened, full[-1])
    elif below is not None:
        start = context.region.text.rfind("\n", 0, opened.token.start) + 1
        yield Candidate((context.edit(start, opened.lines[1].start, ""),), f"Remove the stray `{opened.quotes}`")


def _never_closed(context: Context) -> _Opened | None:
    """Return the first string in triple quotes that takes in code: its closing quotes are the opening ones of another
    string, or there are none."""
    tokens, limit = context.tokens, span_of(context).end + 1
    for index, token in enumerate(tokens):
        quotes = token.text.lstrip("rRbBuUfFtT")[:3]
        if quotes not in _TRIPLE or token.kind not in ("string", "badstring") or token.start > limit:
            continue
        opened = _opened(context, token, quotes)
        if token.kind == "badstring" or (_opens_another(context, index) and _takes_in_code(opened)):
            return opened
    return None


def _opened(context: Context, token: Token, quotes: str) -> _Opened:
    text = context.region.text
    line_start = text.rfind("\n", 0, token.start) + 1
    start = token.start + token.text.index(quotes) + 3
    end = token.end if token.kind == "badstring" else token.end - 3
    lines: list[_Line] = []
    for line in text[start:end].split("\n"):
        lines.append(_Line(line.rstrip("\r"), start))
        start += len(line) + 1
    is_statement = not text[line_start : token.start].strip()
    return _Opened(token, quotes, indent_of(text[line_start : token.end]), is_statement, lines)


def _opens_another(context: Context, index: int) -> bool:
    """Return whether the quotes that end a string begin one rather: text follows them on their line, or a block's
    header is above them."""
    token = context.tokens[index]
    after = context.tokens[index + 1] if index + 1 < len(context.tokens) else None
    if after is not None and after.kind in ("name", "number", "error", "badstring"):
        return True
    lines = token.text[:-3].split("\n")
    return len(lines) > 1 and not lines[-1].strip() and lines[-2].rstrip().endswith(":") and is_code(lines[-2])


def _takes_in_code(opened: _Opened) -> bool:
    return any(_is_below(opened, line) for line in opened.lines[1:])


def _is_below(opened: _Opened, line: _Line) -> bool:
    """Return whether a line is code behind the string: less indented than a docstring, or code that is not more."""
    if not line.text.strip():
        return False
    indent = indent_of(line.text)
    if opened.is_statement and opened.indent and not indent.startswith(opened.indent):
        return True
    return len(indent) <= len(opened.indent) and is_code(line.text)


def _has_part(opened: _Opened, line: _Line) -> bool:
    """Return whether a line has one or two of the closing quotes, at its end or where code may go on behind them."""
    return _part(opened, line) is not None


def _part(opened: _Opened, line: _Line) -> tuple[int, int] | None:
    """Return the (start, end) offsets in a line of the closing quotes that it has; None if it has none."""
    quote = opened.quotes[0]
    for found in re.finditer(rf"(?<![\\{quote}]){quote}{{1,2}}(?!{quote})", line.text):
        is_odd = len(found.group()) == 2 or line.text.count(quote) % 2 == 1
        if is_odd and may_end_before(line.text, found.end()):
            return found.span()
    return None


def _complete(context: Context, opened: _Opened, line: _Line) -> Iterator[Candidate]:
    quote = opened.quotes[0]
    start, end = _part(opened, line) or (0, 0)
    missing = quote * (3 - (end - start))
    title = f"Complete the quotes: `{ending(line.text[:end] + missing)}`"
    yield Candidate((context.edit(line.start + end, line.start + end, missing),), title)
    if end - start == 1 and line is opened.lines[0]:
        at = line.start - 3
        yield Candidate((context.edit(at, at + 3, quote),), f"Replace `{opened.quotes}` with `{quote}`")


def _close(context: Context, opened: _Opened, last: _Line) -> Iterator[Candidate]:
    """Yield candidates that close a string behind its last line: at the line's end, and on a line of its own."""
    inline = Candidate(
        (context.edit(last.end, last.end, opened.quotes),), f"Close the string: `{ending(last.text)}{opened.quotes}`"
    )
    below = Candidate(
        (context.edit(last.end, last.end, f"\n{opened.indent}{opened.quotes}"),),
        f"Close the string with `{opened.quotes}` below `{ending(last.text)}`",
    )
    if last is opened.lines[0]:
        yield inline
    elif opened.is_statement or not opened.lines[0].text.strip():
        yield from (below, inline)
    else:
        yield from (inline, below)


def _complete_opening(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for a string that begins with one or two quotes and ends with three."""
    bad = next((token for token in context.tokens if token.kind == "badstring"), None)
    if bad is None:
        return
    text = context.region.text
    for found in _HALF_OPEN.finditer(text, 0, bad.end):
        quotes = found["quotes"]
        closing = text.find(quotes[0] * 3, found.end())
        if 0 <= closing <= max(bad.start, text.find("\n", found.start())) and not is_code(text[found.end() : closing]):
            edit = context.edit(found.start("quotes"), found.end(), quotes[0] * 3)
            yield Candidate((edit,), f"Replace `{quotes}` with `{quotes[0] * 3}`")
            return
