"""Whether a fix is the one that the human made: the same Python tokens, however they are laid out."""

from __future__ import annotations

import io
import token
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator

Tokens = list[tuple[str, str]]
"""(type, text) of every token that matters; ends of lines and changes of indentation have no text."""

_LAYOUT = frozenset({token.NEWLINE, token.INDENT, token.DEDENT})
_IGNORED = frozenset({token.COMMENT, token.NL, token.ENCODING, token.ENDMARKER})


def is_exact(kind: str, text: str, fixed: str) -> bool:
    """Whether `text` has the tokens of `fixed`. Comments, blank lines and the width of indentation
    don't count; for an undefined name, the place of a top-level import doesn't either."""
    if text == fixed:
        return True
    ours, theirs = tokens_of(text), tokens_of(fixed)
    if ours is None or theirs is None:
        return False
    return ours == theirs or (kind == "name" and _imports_apart(ours) == _imports_apart(theirs))


def is_well_formed(text: str) -> bool:
    """Whether the running interpreter compiles the whole text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<text>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return False
    return True


def tokens_of(text: str) -> Tokens | None:
    """The tokens that matter, by the standard library's `tokenize`; None where it refuses the text."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text, newline=None).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return [
        (token.tok_name[one.type], "" if one.type in _LAYOUT else one.string)
        for one in found
        if one.type not in _IGNORED
    ]


def _imports_apart(tokens: Tokens) -> tuple[Counter[tuple[str, ...]], Tokens]:
    """The top-level import statements as a multiset, and all other tokens in order."""
    imports: Counter[tuple[str, ...]] = Counter()
    rest: Tokens = []
    for line, depth in _logical_lines(tokens):
        if depth == 0 and line[0] in (("NAME", "import"), ("NAME", "from")):
            imports[tuple(text for _, text in line)] += 1
        else:
            rest += line
    return imports, rest


def _logical_lines(tokens: Tokens) -> Iterator[tuple[Tokens, int]]:
    """Each logical line with its depth of indentation; changes of indentation come as lines of their own."""
    depth = 0
    line: Tokens = []
    for one in tokens:
        if one[0] in ("INDENT", "DEDENT"):
            depth += 1 if one[0] == "INDENT" else -1
            # Kept with the code, at a depth that is never an import's, so that structure is compared too.
            yield [one], -1
            continue
        line.append(one)
        if one[0] == "NEWLINE":
            yield line, depth
            line = []
    if line:
        yield line, depth
