"""The names that a file surely defines, although parts of it may not compile.

`names_of_broken` takes every identifier of a broken unit as defined, so as to report none of them as undefined. To tell
names from words that lack their quotes, only identifiers count that stand where a name is bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import ALWAYS_BOUND, facts_of
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.lexing.tokens import Token

_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/=", ":="})
_BINDERS = frozenset({"import", "as", "def", "class", "global", "nonlocal", "for", "lambda"})


def is_known(index: Index, name: str) -> bool:
    """Return whether a name is defined somewhere in a file, or by Python itself."""
    return name in ALWAYS_BOUND or name in index.derived(known_names)


def known_names(index: Index) -> frozenset[str]:
    """Return the names that the units of a file bind; of a unit that doesn't compile, those bound by its tokens."""
    found: set[str] = set()
    for unit in range(len(index.cuts)):
        facts = facts_of(index, unit)
        if facts.fault is None:
            found.update(facts.names.bound, facts.names.members)
        else:
            found.update(bound_by_tokens(lex(index.region(unit).text)))
    return frozenset(found)


def bound_by_tokens(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names that are bound in a text with errors: assigned, imported, defined, parameters, loop variables."""
    depth, in_parameters, targets = 0, False, False
    begins = True
    for index, token in enumerate(tokens):
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        before = tokens[index - 1].text if index else "\n"
        if token.kind == "newline":
            begins, targets = not depth, targets and bool(depth)
            in_parameters = in_parameters and bool(depth)
            continue
        if token.text in OPENERS:
            depth += 1
        elif token.text in CLOSERS:
            depth = max(0, depth - 1)
            in_parameters = in_parameters and bool(depth)
        elif token.text == "def":
            in_parameters = True
        elif token.text in ("for", "import", "global", "nonlocal", "lambda"):
            targets = True
        elif token.text in ("in", ":"):
            targets = False
        elif token.kind == "name" and before != ".":
            is_target = not depth and (after in _ASSIGNS or (begins and after in (":", ",")))
            is_parameter = in_parameters and depth and (before in ("(", ",", "*", "**"))
            if before in _BINDERS or targets or is_target or is_parameter or after == ":=":
                yield token.text
            continue
        if token.kind == "keyword" or (token.kind == "op" and token.text not in (",", "*", "(", "[")):
            begins = False
