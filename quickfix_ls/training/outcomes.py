"""Write the results of cross-validation for each row to a file, as the input of reports.

The file has a JSON object per line, in the order of the rows. It holds whole texts of the rows, so it is for measuring,
not for publishing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from quickfix_ls.errors import UsageError
from quickfix_ls.training.groups import Group
from quickfix_ls.training.rows import Outcome, Prediction, Row, RowFile
from quickfix_ls.training.subjects import subject

MADE_UP = "corpus"
"""The source of artificial rows, which are in no file."""


@dataclass(frozen=True, slots=True)
class Considered:
    """The candidates of one row.

    `chances` are the probabilities of all candidates of the first step, by a model that was not trained on the row;
    `right` are the places of those that lead to the human's text; `way` names the proposer of the right candidate of
    each step, and `reached` is true if a candidate on that path is the human's complete text.
    """

    chances: tuple[float, ...] = ()
    right: tuple[int, ...] = ()
    way: tuple[str, ...] = ()
    reached: bool = False


def considered(groups: Sequence[Group], chances: Sequence[Sequence[float]]) -> dict[str, Considered]:
    """Return the candidates of each row, by its id; `chances` has the probabilities of each group's candidates."""
    found: dict[str, Considered] = {}
    for group, theirs in zip(groups, chances, strict=True):
        before = found.get(group.row_id, Considered(tuple(theirs), _right(group)))
        steps = [group.sources[place] for place in _right(group)[:1]]
        found[group.row_id] = Considered(
            before.chances, before.right, (*before.way, *steps), before.reached or group.reaches
        )
    return found


def write_outcomes(
    path: Path, sources: Sequence[RowFile], outcomes: Sequence[Outcome], of_rows: Mapping[str, Considered]
) -> None:
    """Write a line for each row; `outcomes` are those of all `sources` in sequence. Raises UsageError if the file can't
    be written."""
    names = chain(chain.from_iterable(repeat(source.name, len(source.rows)) for source in sources), repeat(MADE_UP))
    lines = _lines(zip(names, outcomes, strict=False), of_rows)
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error


def _lines(outcomes: Iterator[tuple[str, Outcome]], of_rows: Mapping[str, Considered]) -> Iterator[dict[str, Any]]:
    for source, outcome in outcomes:
        row = outcome.row
        assert isinstance(row, Row)
        seen = of_rows.get(row.id, Considered())
        yield {
            "id": row.id,
            "source": source,
            "group": row.group,
            "kind": row.kind,
            "edit_tokens": row.edit_tokens,
            "ms": round(outcome.ms, 3),
            "problems": list(outcome.problems),
            "well_formed": outcome.well_formed,
            "preferred": outcome.preferred,
            "offers": [_offer(row, offer) for offer in outcome.predictions],
            "chances": [round(chance, 5) for chance in seen.chances],
            "right": list(seen.right),
            "way": list(seen.way),
            "reached": seen.reached or outcome.rank is not None,
            "crash": outcome.crash,
        }


def _offer(row: Row, offer: Prediction) -> dict[str, Any]:
    return {
        "probability": round(offer.score, 6),
        "source": offer.source,
        "proposers": list(offer.sources),
        "fixed": offer.fixed,
        "exact": subject(row.lang).is_right(row, offer.fixed),
    }


def _right(group: Group) -> tuple[int, ...]:
    return tuple(place for place, label in enumerate(group.labels) if label)
