"""Compare a fix with the human's: they are equal if they have the same Python tokens, whatever their layout."""

from __future__ import annotations

import io
import token
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator

Tokens = list[tuple[str, str]]
"""Pairs (type, text) of the significant tokens; line ends and changes of indentation have no text."""

_LAYOUT = frozenset({token.NEWLINE, token.INDENT, token.DEDENT})
_IGNORED = frozenset({token.COMMENT, token.NL, token.ENCODING, token.ENDMARKER})


def is_exact(kind: str, text: str, fixed: str) -> bool:
    """Return whether `text` has the same tokens as `fixed`.

    Comments, blank lines and the width of indentation don't count; for an undefined name, neither does the place of a
    top-level import.
    """
    if text == fixed:
        return True
    ours, theirs = tokens_of(text), tokens_of(fixed)
    if ours is None or theirs is None:
        return False
    return ours == theirs or (kind == "name" and _imports_apart(ours) == _imports_apart(theirs))


def is_well_formed(text: str) -> bool:
    """Return whether the running interpreter compiles the whole text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<text>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return False
    return True


def tokens_of(text: str) -> Tokens | None:
    """Return the significant tokens, by the standard library's `tokenize`; None if it rejects the text."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text, newline=None).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return [
        (token.tok_name[item.type], "" if item.type in _LAYOUT else item.string)
        for item in found
        if item.type not in _IGNORED
    ]


def _imports_apart(tokens: Tokens) -> tuple[Counter[tuple[str, ...]], Tokens]:
    """Return the top-level import statements as a multiset, and all other tokens in order."""
    imports: Counter[tuple[str, ...]] = Counter()
    rest: Tokens = []
    for line, depth in _logical_lines(tokens):
        if depth == 0 and line[0] in (("NAME", "import"), ("NAME", "from")):
            imports[tuple(text for _, text in line)] += 1
        else:
            rest += line
    return imports, rest


def _logical_lines(tokens: Tokens) -> Iterator[tuple[Tokens, int]]:
    """Yield each logical line with its depth of indentation; changes of indentation are lines of their own."""
    depth = 0
    line: Tokens = []
    for item in tokens:
        if item[0] in ("INDENT", "DEDENT"):
            depth += 1 if item[0] == "INDENT" else -1
            # Yielded with a depth that no import has, so that the structure is compared, too.
            yield [item], -1
            continue
        line.append(item)
        if item[0] == "NEWLINE":
            yield line, depth
            line = []
    if line:
        yield line, depth
