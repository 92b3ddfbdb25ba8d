"""Rows in which one imported name of a whole file is missing, made of correct code: the other imports of the file are
what tells where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from quickfix_ls.languages.python.breaking.everyday import Pair
from quickfix_ls.languages.python.import_names import shortened
from quickfix_ls.languages.python.imports import Import, import_block
from quickfix_ls.training.corpus import CorpusRow, group_of, row_of, syntax_error
from quickfix_ls.training.everyday import judged
from quickfix_ls.training.source_files import SourceFile
from quickfix_ls.values import Edit, Span, apply_edits

SOURCE = "everyday-dropped_import"
_LONGEST = 40_000
"""Characters of a file; longer ones take long to analyse and teach nothing else."""


def dropped_import_rows(files: Sequence[SourceFile], n: int, seed: int) -> Iterator[CorpusRow]:
    """Yield at most `n` rows, one a file. The same files and seed give the same rows."""
    rng = Random(seed)
    left = n
    for file in rng.sample(list(files), len(files)):
        if not left:
            return
        text = file.text() or ""
        pair = without_import(text, rng) if len(text) <= _LONGEST else None
        made = judged(pair) if pair is not None and syntax_error(pair.broken) is None else None
        if made is not None:
            left -= 1
            yield row_of(SOURCE, "name", made, group_of(file))


def without_import(text: str, rng: Random) -> Pair | None:
    """Return a file without one of the names that it imports at its top, chosen at random, and the file itself; None if
    it imports nothing there."""
    names = [(one, name) for one in import_block(text).imports if one.module != "__future__" for name in one.names]
    if not names:
        return None
    statement, (member, alias) = rng.choice(names)
    edit = _removal(text, statement, member if member == alias else "")
    return Pair(apply_edits(text, (edit,)), text) if edit is not None else None


def _removal(text: str, statement: Import, member: str) -> Edit | None:
    """Return the edit that removes a member from an import statement, or the statement if it imports nothing else."""
    if len(statement.names) > 1:
        return shortened(text, statement, member) if member else None
    end = text.find("\n", statement.end)
    begins = not statement.start or text[statement.start - 1] == "\n"
    is_alone = begins and not text[statement.end : end].strip()
    return Edit(Span(statement.start, end + 1), "") if is_alone and end >= 0 else None
