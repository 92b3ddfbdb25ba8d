"""The worst misses as a page: the most probable first offers that were wrong, beside what the human did."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from quickfix_ls.training.rows import Row
from research.quality_report.records import Record
from research.quality_report.sources import LICENCES, title_of
from research.quality_report.tables import finely

MOST = 50
_MOST_LINES = 12
_WIDTH = 160

_HEAD = """# The worst misses

<!-- Made by `python -m research.quality_report`: change that, then run it. -->

The {n} first offers that were surest and yet not what the human did, by models that did not see the rows
([quality.md](quality.md) has the figures). Only the lines that either of the two changes are shown, and of long changes
the first {lines}. In many of them the offer is a fix, and the human did something else or something more.

The quoted lines are not ours, and not under this repository's licence:
{licences}
"""


def misses_page(records: Sequence[Record], rows: Mapping[str, Row]) -> str:
    """The page as Markdown; records whose text is not in `rows`, or whose lines may not be quoted, are left out."""
    quotable = (one for one in records if one.source in LICENCES and one.id in rows)
    known = (one for one in quotable if one.offers and not one.is_right)
    worst = sorted(known, key=lambda one: (-one.offers[0].probability, one.id))[:MOST]
    sources = dict.fromkeys(one.source for one in worst)
    licences = "\n".join(f"- {title_of(name)}: {LICENCES[name]}" for name in sources)
    head = _HEAD.format(n=len(worst), lines=_MOST_LINES, licences=licences)
    return "\n".join([head, *(_section(place, one, rows[one.id]) for place, one in enumerate(worst, 1))])


def _section(place: int, record: Record, row: Row) -> str:
    first = record.offers[0]
    preferred = ", marked as preferred" if record.preferred else ""
    title = f"## {place}. `{row.id}`"
    said = f"{title_of(record.source)}, line {row.line}: `{row.error}`"
    sure = f"{finely(first.probability)} sure{preferred}, by `{first.source}`; the human's fix {_where(record)}."
    parts = (("We", first.fixed), ("The human", row.fixed))
    diffs = [f"{who}:\n\n{_fenced(list(_changes(row.broken, text)))}" for who, text in parts]
    return "\n\n".join([title, said, sure, *diffs]) + "\n"


def _where(record: Record) -> str:
    if record.rank is not None:
        return f"is our offer number {record.rank + 1}"
    return "is among the candidates" if record.reached else "is not among the candidates"


def _changes(before: str, after: str) -> Iterator[str]:
    """The lines that differ, with the number of the first of each run."""
    lines = [
        re.sub(r"^@@ -(\d+).*", r"@ line \1", line)
        for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    ]
    yield from (_short(line) for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"... and {len(lines) - _MOST_LINES} lines more"


def _short(line: str) -> str:
    visible = "".join(char if char.isprintable() or char == "\t" else f"\\u{ord(char):04x}" for char in line)
    return visible if len(visible) <= _WIDTH else visible[:_WIDTH] + " ..."


def _fenced(lines: Sequence[str]) -> str:
    ticks = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, ticks + 1)
    return "\n".join([f"{fence}diff", *lines, fence])
