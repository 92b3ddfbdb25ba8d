"""The figures of cases, and of undefined names by what the person did about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.run_cases import CaseOutcome
from quickfix_ls.training.statistics import share

SILENT = ("define", "other")
"""What people did about an undefined name where silence is a right answer."""


def case_figures(outcomes: Sequence[CaseOutcome]) -> dict[str, Any]:
    """Return the figures of cases: shares of all with an error, the number of alarms in the valid ones, the state of
    each kind (see `_state`), and the cases that are not right."""
    broken = [outcome for outcome in outcomes if outcome.case.error]
    valid = [outcome for outcome in outcomes if not outcome.case.error]
    n = len(broken)
    return {
        "n": n,
        "right": share(sum(outcome.is_right for outcome in broken), n),
        "in_three": share(sum(outcome.in_three for outcome in broken), n),
        "wrong": share(sum(outcome.first == "wrong" for outcome in broken), n),
        "never": share(sum(outcome.is_never for outcome in broken), n),
        "harmful": share(sum(outcome.is_harmful for outcome in broken), n),
        "writes_never": share(sum(outcome.writes_never for outcome in broken), n),
        "loses": share(sum(bool(outcome.lost) for outcome in broken), n),
        "alarms": share(sum(bool(outcome.found) for outcome in valid), len(valid)),
        "kinds": {kind: _state(group) for kind, group in _by_kind(broken).items()},
        "misses": [_miss(outcome) for outcome in broken if not outcome.is_right or outcome.is_harmful],
    }


def name_figures(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return the figures of undefined names, for each thing that people did about them, and for all plain ones.

    `right` and `wrong_preferred` are shares of all rows, `right_of_offered` of those with an offer. Where the person
    defined the name or did something else, `quiet` is the share with no offer, or none that is preferred.
    """
    known = [outcome for outcome in outcomes if isinstance(outcome.row, Row) and outcome.row.fix_how]
    groups = {how: [o for o in known if _how(o) == how] for how in sorted({_how(outcome) for outcome in known})}
    plain = [outcome for outcome in known if _is_plain(outcome)]
    if plain:
        groups["all plain"] = plain
    return [{"how": how, **_name_figures(group)} for how, group in groups.items()]


def _name_figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    n, offered = len(outcomes), [outcome for outcome in outcomes if outcome.predictions]
    right = sum(outcome.rank == 0 for outcome in outcomes)
    return {
        "n": n,
        "offered": share(len(offered), n),
        "right": share(right, n),
        "right_of_offered": share(right, len(offered)),
        "preferred": share(sum(outcome.preferred for outcome in outcomes), n),
        "wrong_preferred": share(sum(outcome.preferred and outcome.rank != 0 for outcome in outcomes), n),
        "quiet": share(sum(not outcome.preferred for outcome in outcomes), n),
    }


def _is_plain(outcome: Outcome) -> bool:
    return isinstance(outcome.row, Row) and outcome.row.plain and outcome.row.fix_how not in SILENT


def _how(outcome: Outcome) -> str:
    assert isinstance(outcome.row, Row)
    how = outcome.row.fix_how
    return how if how in SILENT else f"{how}, plain" if outcome.row.plain else f"{how}, with more"


def _by_kind(outcomes: Sequence[CaseOutcome]) -> dict[str, list[CaseOutcome]]:
    groups: dict[str, list[CaseOutcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.case.kind, []).append(outcome)
    return dict(sorted(groups.items()))


def _state(outcomes: Sequence[CaseOutcome]) -> str:
    """Return the state of a kind, that of its worst case: `harmful`, `wrong` (first), `later` (right in the first
    three), `silent`, or `right`."""
    if any(outcome.is_harmful for outcome in outcomes):
        return "harmful"
    missed = [outcome for outcome in outcomes if not outcome.is_right]
    if any(not outcome.in_three and outcome.first == "wrong" for outcome in missed):
        return "wrong"
    return "right" if not missed else "later" if any(outcome.in_three for outcome in missed) else "silent"


def _miss(outcome: CaseOutcome) -> dict[str, Any]:
    first = outcome.offers[0] if outcome.offers else None
    return {
        "id": outcome.case.id,
        "kind": outcome.case.kind,
        "first": outcome.first,
        "in_three": outcome.in_three,
        "harmful": outcome.is_harmful,
        "offer": first.candidate.title if first else "",
        "probability": round(first.probability, 3) if first else None,
    }
