"""The inputs of a candidate set: rows of benchmark files, artificially broken code, and a pipeline that proposes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from quickfix_ls import languages
from quickfix_ls.errors import UsageError
from quickfix_ls.languages.python.breaking.everyday import all_everyday
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.plausibility.untrained import Untrained
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.shipped import models_of
from quickfix_ls.training.corpus import CorpusRow, corpus, corpus_files
from quickfix_ls.training.dropped_imports import SOURCE as DROPPED_IMPORT
from quickfix_ls.training.dropped_imports import dropped_import_rows
from quickfix_ls.training.everyday import everyday_rows
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Row

_PARTS = 16
_PER_DROPPED_IMPORT = 8
_TOGETHER = 6
"""The number of everyday errors that are made in one pass over the files."""


def data_files(data: Sequence[Path]) -> list[Path]:
    """Return the JSON Lines files among files and in folders. Raises UsageError if a path does not exist."""
    found = []
    for path in data:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        found += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return found


def corpus_rows(seed: int, n: int, each: int, advance: Callable[[int], None], jobs: int = 1) -> Iterator[Row]:
    """Yield at most `n` rows of artificially broken code, an eighth more in which a file lacks an import, and `each`
    rows of every error of an everyday hour, made in `jobs` processes (1: in this one); the number of processes does not
    change the rows. `advance` is called with the number of rows in each part that is made."""
    names = list(all_everyday()) if each else []
    dropped = n // _PER_DROPPED_IMPORT
    parts: list[_Part] = [_Part(seed + part, n // _PARTS + (part < n % _PARTS), part) for part in range(_PARTS) if n]
    parts += [
        _Part(seed + part, dropped // _PARTS + (part < dropped % _PARTS), part, (DROPPED_IMPORT,))
        for part in range(_PARTS if dropped else 0)
    ]
    parts += [_Part(seed, each, 0, (*names[start : start + _TOGETHER],)) for start in range(0, len(names), _TOGETHER)]
    for _, made in by_chunks(_rows_of_parts, parts, 1, jobs):
        advance(len(made))
        yield from made


class _Part(NamedTuple):
    """A part of the artificial rows: `n` rows of every 16th file from `first` on, or `n` rows of each everyday error in
    `names`."""

    seed: int
    n: int
    first: int
    names: tuple[str, ...] = ()


def _rows_of_parts(parts: Sequence[_Part]) -> list[Row]:
    return [
        Row(
            made["id"], made["kind"], made["broken"], made["fixed"], made["error"], made["line"],
            made["edit_tokens"], made["group"],
        )
        for part in parts
        for made in _made(part)
    ]  # fmt: skip


def _made(part: _Part) -> Iterator[CorpusRow]:
    files = corpus_files()
    if part.names == (DROPPED_IMPORT,):
        return dropped_import_rows(files[part.first :: _PARTS], part.n, part.seed)
    if part.names:
        return everyday_rows(files, part.n, part.seed, part.names)
    return corpus(part.seed, part.n, files[part.first :: _PARTS])


def rows_hash(rows: Iterable[Row]) -> str:
    """Return a digest of the broken texts of a set of rows."""
    text = "\n".join(f"{row.id}\0{row.broken}" for row in rows)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@cache
def proposing_pipeline(folder: Path | None = None, lang: str = languages.EXPECTED) -> Pipeline:
    """Return a pipeline that only proposes and needs no ranking model, for a language; its token model is that in
    `folder`, if there is one, else the shipped one, or none at all if none was trained yet."""
    language, shipped = languages.of(lang), models_of(lang)
    places = [place / FILE for place in (folder, shipped) if place is not None and (place / FILE).exists()]
    plausibility = Plausibility.load(language.tokenizer, places[0]) if places else Untrained(language.tokenizer)
    return Pipeline(load_selector("first", language.measures.names, shipped), Thresholds(0, 2), plausibility)
