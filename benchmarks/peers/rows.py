"""The rows that servers are compared on: samples by source and kind of broken files, and typos planted in packages."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from random import Random

from benchmarks.quality.typos import planted
from quickfix_ls.training.corpus import MEMBER_WAYS
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.training.inputs import rows_hash
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.training.typos import WAYS

PLANTED = "planted in unseen packages"
KINDS = ("syntax", "name", "attribute")
"""Of the data's rows those that a tool can tell the error of without running the program."""
_DRAWS = {"missing_import": 5}
"""How many typos are drawn for each row that is wanted, where it is not two: imports make rows of two kinds."""
_WAYS = ("local_name", *MEMBER_WAYS, "missing_import", "missing_self")


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A row, and under which source and kind it is counted."""

    source: str
    kind: str
    row: Row

    def is_mended_by(self, text: str) -> bool:
        """Whether a text has the tokens of the mended one; where an import stands does not count."""
        return is_exact("syntax" if self.row.kind == "syntax" else "name", text, self.row.fixed)


def peer_rows(files: Sequence[Path], each: int, seed: int) -> list[PeerRow]:
    """At most `each` rows of each source and kind, drawn by the seed."""
    found: dict[tuple[str, str], list[PeerRow]] = defaultdict(list)
    for path in files:
        source = read_source(path)
        for row in (*source.rows, *source.tested):
            if row.kind in KINDS:
                found[path.stem, row.kind].append(PeerRow(path.stem, row.kind, row))
    rows = []
    for (name, kind), theirs in sorted(found.items()):
        rng = Random(f"{seed} {name} {kind}")
        rows += rng.sample(theirs, min(each, len(theirs)))
    return [*rows, *_planted(each, seed)]


def sameness(rows: Sequence[PeerRow]) -> str:
    """What tells these rows from others, so that figures of different rows are never put side by side."""
    return rows_hash([one.row for one in rows])


def _planted(each: int, seed: int) -> Iterator[PeerRow]:
    counts: Counter[str] = Counter()
    for way in _WAYS:
        drawn = planted(WAYS[way][0], _DRAWS.get(way, 2) * each, seed)
        # The same typo can be drawn twice from one file.
        for number, one in enumerate({one.broken: one for one in drawn}.values()):
            row = Row(f"{way}-{number}", "name", one.broken, one.fixed, "", one.line, 1)
            kind = _kind(way, row)
            counts[kind] += 1
            if counts[kind] <= each:
                yield PeerRow(PLANTED, kind, row)


def _kind(way: str, row: Row) -> str:
    if way != "missing_import":
        return way.replace("_", " ")
    pairs = zip_longest(row.fixed.splitlines(), row.broken.splitlines())
    left_out = next(line for line, other in pairs if line != other)
    is_standard = left_out.split()[1].partition(".")[0] in sys.stdlib_module_names
    return "missing import, standard library" if is_standard else "missing import, packages"
