"""Whether `fix --write` loses content: it is run on broken texts, and the words before and after are counted.

    python benchmarks/quality/written_content.py [--planted 500] [--unsafe] [--jobs 2] [DATA.jsonl...]

DATA are rows of broken and fixed texts, or cases; `--planted` adds faults planted into the standard library and the
installed packages. Words are runs of letters, digits and underscores anywhere in the text, comments and strings
included: what counts them shares no code with the checks of an offer. A word that a written text lacks is *lost* if the
right text has it, and *gone* if not (it was mended: a misspelt name, `print` with `>>`). Each text with lost words is
printed. `--unsafe` applies what `--write --unsafe` would, too."""

from __future__ import annotations

import argparse
import asyncio
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget
from quickfix_ls.training.console_tables import progress_over
from quickfix_ls.training.corpus import corpus, source_files
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import read_source
from quickfix_ls.training.subjects import resident_pipeline
from quickfix_ls.training.trained_language import index_of

_WORD = re.compile(r"\w+")
_SECONDS = 5.0
_UNSAFE = 0.5
_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Text:
    """A broken text with the right one; without it (None), every word has to stay."""

    source: str
    id: str
    broken: str
    right: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """What is left of a text: whether it was changed, and the words that it lacks."""

    text: Text
    changed: bool
    lost: tuple[str, ...]
    gone: tuple[str, ...]
    result: str


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="*", type=Path, metavar="DATA.jsonl")
    arguments.add_argument("--planted", type=int, default=500, help="how many faults to plant (default: 500)")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--unsafe", action="store_true", help="apply offers that are at least half sure, too")
    arguments.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
    options = arguments.parse_args()

    texts = [*_given(options.data), *_planted(options.planted, options.seed)]
    work = partial(_written, options.unsafe)
    results = progress_over(_each(by_chunks(work, texts, _CHUNK, options.jobs)), len(texts), "Writing")
    counts: dict[str, Counter[str]] = {}
    for written in results:
        count = counts.setdefault(written.text.source, Counter())
        count["texts"] += 1
        count["changed"] += written.changed
        count["with lost words"] += bool(written.lost)
        count["with gone words"] += bool(written.gone)
        if written.lost:
            print(f"{written.text.id}: lost {' '.join(written.lost)}\n{_changes(written)}\n", flush=True)
    for source, count in counts.items():
        print(f"{source:24}" + "  ".join(f"{name} {number}" for name, number in count.items()))
    return 1 if any(count["with lost words"] for count in counts.values()) else 0


def _given(files: Iterable[Path]) -> Iterator[Text]:
    for path in files:
        source = read_source(path)
        for row in source.rows:
            yield Text(path.stem, row.id, row.broken, row.fixed)
        for case in source.cases:
            yield Text(path.stem, case.id, case.broken, case.right[0] if case.right else None)


def _planted(n: int, seed: int) -> Iterator[Text]:
    for number, row in enumerate(corpus(seed, n, source_files())):
        yield Text("planted", f"planted-{seed}-{number}", row["broken"], row["fixed"])


def _each(chunks: Iterable[tuple[int, Sequence[Written]]]) -> Iterator[Written]:
    for _, written in chunks:
        yield from written


def _written(unsafe: bool, texts: Sequence[Text]) -> list[Written]:
    return [asyncio.run(_write(text, unsafe)) for text in texts]


async def _write(text: Text, unsafe: bool) -> Written:
    fixed = await fix_all(
        resident_pipeline("python", "lightgbm"),
        index_of(text.broken),
        Budget(_SECONDS, 1),
        seconds=math.inf,
        only_preferred=not unsafe,
        wanted=lambda offer: offer.preferred or offer.probability >= _UNSAFE,
    )
    result = fixed.snapshot.text
    missing = _words(text.broken) - _words(result)
    lost = missing & _words(text.broken if text.right is None else text.right)
    return Written(text, bool(fixed.applied), tuple(lost.elements()), tuple((missing - lost).elements()), result)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _changes(written: Written) -> str:
    before, after = written.text.broken.splitlines(), written.result.splitlines()
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return "\n".join([f"    - {line}" for line in gone] + [f"    + {line}" for line in new])


if __name__ == "__main__":
    sys.exit(main())
