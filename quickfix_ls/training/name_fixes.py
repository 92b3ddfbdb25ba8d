"""What a person did about an undefined name, and whether a candidate does the same.

People repair other lines in the same commit, put an import elsewhere, or import several names in one statement, so that
texts are seldom equal. A fix is right if it imports the name from the same place, or changes all uses of the name as
the person did, and changes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from quickfix_ls.languages.python.imports import import_at
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.values import Edit, Span, apply_edits

_UNDEFINED = re.compile(r"name '([^']+)' is not defined")

Origin = tuple[str, str]
"""The module that a name is imported from (with its leading dots), and the member; empty for the module itself."""


def is_right(kind: str, error: str, broken: str, text: str, fixed: str) -> bool:
    """Return whether a text is a right fix of a broken one: the person's text, or, for an undefined name (which the
    error names), one that does the same about that name."""
    if is_exact(kind, text, fixed):
        return True
    named = _UNDEFINED.search(error) if kind == NAME else None
    return named is not None and NameFix(broken, fixed, named[1]).is_like(edits_between(broken, text))


@dataclass(frozen=True)
class Hunk:
    """A run of lines that the person changed: its span in the broken text, and the text put in its place."""

    span: Span
    before: str
    after: str

    @cached_property
    def words(self) -> tuple[list[str], list[str]]:
        """The tokens before and after."""
        return _words(self.before), _words(self.after)

    @cached_property
    def distance(self) -> int:
        return Levenshtein.distance(*self.words)


class NameFix:
    """The person's fix of one undefined name."""

    def __init__(self, broken: str, fixed: str, name: str) -> None:
        self._broken, self._name = broken, name
        self._hunks = hunks_of(broken, fixed)
        self._origins = frozenset(_origins(fixed, self._hunks, name))

    def is_like(self, edits: Iterable[Edit]) -> bool:
        """Return whether edits of the broken text do what the person did about the name."""
        edits = sorted(edits)
        text = apply_edits(self._broken, edits)
        others: list[Edit] = []
        shift = 0
        imported: set[Origin] = set()
        for edit in edits:
            origin = _imported_by(text, edit, edit.span.start + shift, self._name)
            shift += edit.growth
            if origin is None:
                others.append(edit)
            else:
                imported.add(origin)
        if imported:
            return not others and bool(imported & self._origins)
        return self._changes_alike(others)

    def _changes_alike(self, edits: Sequence[Edit]) -> bool:
        """Return whether each edit is part of what the person changed, and no use of the name is left that they
        changed."""
        left = list(edits)
        changed = False
        for hunk in self._hunks:
            within = [edit for edit in left if hunk.span.start <= edit.span.start and edit.span.end <= hunk.span.end]
            left = [edit for edit in left if edit not in within]
            if within:
                words = _words(apply_edits(hunk.before, within, hunk.span.start))
                saved = Levenshtein.distance(hunk.words[0], words)
                if not saved or Levenshtein.distance(words, hunk.words[1]) != hunk.distance - saved:
                    return False
                changed = True
            else:
                words = hunk.words[0]
            if _uses(words, self._name) > _uses(hunk.words[1], self._name):
                return False
        return changed and not left


def hunks_of(before: str, after: str) -> list[Hunk]:
    """Return the runs of lines that differ between two texts."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, old, new)
    return [
        Hunk(Span(starts[a], starts[b]), "".join(old[a:b]), "".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def edits_between(before: str, after: str) -> list[Edit]:
    """Return edits of whole lines that turn one text into the other."""
    return [Edit(hunk.span, hunk.after) for hunk in hunks_of(before, after)]


def _origins(fixed: str, hunks: Sequence[Hunk], name: str) -> Iterator[Origin]:
    """Yield where the import statements that the person wrote or changed, at any depth, take a name from."""
    shift = 0
    for hunk in hunks:
        start = hunk.span.start + shift
        shift += len(hunk.after) - len(hunk.before)
        for found in re.finditer(rf"(?<![\w.]){re.escape(name)}\b", hunk.after):
            origin = _imported_at(fixed, start + found.end(), name)
            if origin is not None:
                yield origin


def _origin(module: str, aliased: bool) -> Origin:
    """Return the origin of `import module`; `import a.b as b` is that of `from a import b`."""
    parent, _, last = module.rpartition(".")
    return (parent, last) if aliased and parent else (module, "")


def _imported_by(text: str, edit: Edit, position: int, name: str) -> Origin | None:
    """Return where an import statement, made or extended by an edit at `position` of the text after it, takes a name
    from; None if the edit is none of an import."""
    if not re.search(rf"\b{re.escape(name)}\b", edit.text):
        return None
    return _imported_at(text, position + len(edit.text.rstrip()), name)


def _imported_at(text: str, position: int, name: str) -> Origin | None:
    statement = import_at(text, position)
    if statement is None:
        return None
    if statement.module:
        member = next((member for member, alias in statement.names if alias == name), None)
        return (statement.module, member) if member else None
    words = re.findall(r"(?:import|,)[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?", text[statement.start : statement.end])
    binding = ((module, alias) for module, alias in words if (alias or module.partition(".")[0]) == name)
    return next((_origin(module, bool(alias)) for module, alias in binding), None)


def _words(text: str) -> list[str]:
    return [token.text for token in lex(text) if token.kind not in ("newline", "comment")]


def _uses(words: Sequence[str], name: str) -> int:
    """Return the number of reads of a name that is not an attribute."""
    return sum(word == name and (not i or words[i - 1] != ".") for i, word in enumerate(words))
