"""Rows with the errors of an everyday hour, made of correct code; see `languages.python.breaking.everyday`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, all_everyday
from quickfix_ls.training.corpus import (
    PAGES_SHARE,
    Broken,
    CorpusRow,
    group_of,
    problems_in,
    row_of,
    syntax_error,
)
from quickfix_ls.training.snippets import pages, snippets
from quickfix_ls.training.source_files import SourceFile

_PIECES = 6


def everyday_rows(files: Sequence[SourceFile], each: int, seed: int, names: Sequence[str] = ()) -> Iterator[CorpusRow]:
    """Yield at most `each` rows with one error of `breaking.everyday`, for each of the errors in `names`, or for all.
    The same seed, names and files give the same rows.

    Of each file, a few pieces are tried: whole definitions and statements, of some ten lines or of a page.
    """
    rng = Random(seed)
    names = names or list(all_everyday())
    left = dict.fromkeys(names, each)
    for file in rng.sample(list(files), len(files)):
        codes = [Code.of(piece) for piece in _correct_pieces(file.text() or "", rng)]
        for name in rng.sample(names, len(names)) if codes else ():
            made = break_everyday(codes, rng, name) if left[name] else None
            if made:
                left[name] -= 1
                kind = "syntax" if syntax_error(made.broken) else "name"
                yield row_of(f"everyday-{name}", kind, made, group_of(file))
        if not any(left.values()):
            return


def break_everyday(codes: Sequence[Code], rng: Random, name: str) -> Broken | None:
    """Return one of the pieces of code with an error of `breaking.everyday`, and the right text; None if none of them
    has a place for it."""
    for code in codes:
        pair = all_everyday()[name](code, rng)
        made = judged(pair) if pair is not None and syntax_error(pair.fixed) is None else None
        if made is not None:
            return made
    return None


def _correct_pieces(text: str, rng: Random) -> list[str]:
    pieces = pages(text) if rng.random() < PAGES_SHARE else snippets(text)
    return [piece for piece in rng.sample(pieces, min(_PIECES, len(pieces))) if syntax_error(piece) is None]


def judged(pair: Pair) -> Broken | None:
    """Return a pair with the error of its broken text: a syntax error, the one that the pair itself states, or the only
    problem that our own analysis finds there and not in the right text."""
    error = syntax_error(pair.broken)
    if error is None and pair.error:
        return Broken(pair.broken, pair.fixed, pair.error, pair.error.partition(":")[0], pair.line)
    if error is not None:
        place = error.lineno or 1, max(1, error.offset or 1)
        return Broken(pair.broken, pair.fixed, error.msg, type(error).__name__, *place)
    before, after = problems_in(pair.fixed), problems_in(pair.broken)
    new = [problem for name, problem in after.items() if name not in before]
    if len(new) != 1:
        return None
    line = pair.broken.count("\n", 0, new[0].span.start) + 1
    return Broken(pair.broken, pair.fixed, new[0].message, new[0].code, line)
