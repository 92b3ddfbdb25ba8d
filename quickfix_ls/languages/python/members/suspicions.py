"""Members, arguments and imported names that look misspelt although the members of their owner are unknown.

The evidence is too weak to report them in general; they are used for the place at which code actions are requested. A
name is suspected if it occurs once in the file, no code of the corpus uses it, and it is similar to a name that the
file, a builtin type or other code uses and that must have been meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from rapidfuzz.distance import OSA

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.languages.python.members.common_words import is_word, vocabulary
from quickfix_ls.languages.python.members.misspelling_rules import is_elsewhere
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, type_members
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.languages.python.project.packages import renamed_methods
from quickfix_ls.languages.python.project.stdlib_history import classes_with
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span

ORIGIN = "suspicion"
"""The `origin` of a suspected problem."""

_MESSAGES = {
    "attribute": ("AttributeError", "'{owner}' may have no attribute '{name}'"),
    "keyword": ("TypeError", "{owner}() may have no parameter '{name}'"),
    "import": ("ImportError", "'{owner}' may have no '{name}'"),
}
_MIN_LENGTH = 4
_MIN_LENGTH_OF_EDIT = 6
_MIN_COUNT = 2
_WORD = re.compile(r"[^\W\d]\w*")
_MEMBER = re.compile(r"\.\s*([^\W\d]\w*)|\b(?:def|class)\s+([^\W\d]\w*)|^[ \t]+([^\W\d]\w*)\s*[:=](?!=)", re.MULTILINE)
_ARGUMENTS_OF_BUILTINS = frozenset().union(*PARAMETERS.values())
_OF_TYPES = frozenset().union(*(type_members(name) or () for name in ("bytes", "dict", "list", "set", "str")))


def suspicions(index: Index, first: int, last: int, within: Span) -> Iterator[Problem]:
    """Yield the suspected problems in the units from `first` to `last` (inclusive) that touch `within`."""
    for unit in range(first, last + 1):
        facts, start = facts_of(index, unit), index.cuts[unit].start
        for use in (*facts.uses.uses, *facts.uses.own):
            span = Span(start + use.span.start, start + use.span.end)
            if use.kind in _MESSAGES and span.touches(within) and _is_suspicious(index, use):
                hints = _imported(index, use) if use.kind == "import" else _meant(index, use)
                if hints:
                    yield _problem(use, span, hints)


def _problem(use: Use, span: Span, hints: tuple[str, ...]) -> Problem:
    code, message = _MESSAGES[use.kind]
    message = message.format(owner=use.owner or "self", name=use.name)
    return Problem(NAME, message, code, span, use.name, ORIGIN, hints=hints)


def _is_suspicious(index: Index, use: Use) -> bool:
    """Return whether a name occurs once in the file and is unknown to the corpus, and was never that of a method that
    was renamed or removed. An imported name should occur twice, whether or not it is known."""
    if use.kind == "attribute" and (renamed_methods(use.name) or classes_with(use.name)):
        return False
    if len(use.name) < 2 or use.name.startswith("__") or (use.kind != "import" and is_word(use.name)):
        return False
    return not is_elsewhere(index.snapshot.text, use.name)


def _imported(index: Index, use: Use) -> tuple[str, ...]:
    """Return the names that may be meant by a name that is imported and not used: those that are used and not
    imported."""
    return tuple(nearest(use.name, {problem.name for problem in undefined_names(index)}))


def _meant(index: Index, use: Use) -> tuple[str, ...]:
    """Return the names that may be meant, the likeliest first: those of the file before those of any code."""
    text = index.snapshot.text
    if use.kind == "keyword":
        usual, found = _ARGUMENTS_OF_BUILTINS, _WORD.findall(text)
    else:
        usual, found = _OF_TYPES, list(filter(None, chain.from_iterable(_MEMBER.findall(text))))
    if len(use.name) < _MIN_LENGTH:
        # Short names are similar to many words: only one that the file uses often, or Python itself, may be meant.
        often = {word for word, count in Counter(found).items() if count >= _MIN_COUNT}
        return tuple(word for word in nearest(use.name, often | usual) if word[0] == use.name[0])
    near = [
        word for word in nearest(use.name, {*found, *usual} - {use.name, *use.given}) if not _is_sibling(use.name, word)
    ]
    return tuple(near or (word for word in nearest(use.name, vocabulary()) if _is_clear(use.name, word)))


def _is_clear(name: str, other: str) -> bool:
    """Return whether a word of the vocabulary must be meant: one edit away, with the same first letter, and long
    enough."""
    if _is_sibling(name, other) or name[0] != other[0] or OSA.distance(name, other, score_cutoff=1) > 1:
        return False
    if name.replace("_", "") == other.replace("_", ""):
        return False
    return len(name) >= _MIN_LENGTH_OF_EDIT or (len(name) > _MIN_LENGTH and sorted(name) == sorted(other))


def _is_sibling(name: str, other: str) -> bool:
    """Return whether two names differ like those of two related things: by a number, a plural, an underscore at either
    end, or as the names of a class, a constant and a value do."""
    if re.sub(r"\d", "", name) == re.sub(r"\d", "", other) or _style(name) != _style(other):
        return True
    shorter, longer = sorted((name, other), key=len)
    return name.strip("_") == other.strip("_") or longer == shorter + "s"


def _style(name: str) -> tuple[bool, bool]:
    bare = name.lstrip("_")
    return bare.isupper(), bare[:1].isupper()
