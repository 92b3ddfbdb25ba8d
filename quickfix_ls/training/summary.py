"""From the outcomes of an evaluation to its figures: shares of all rows with their intervals, and times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from quickfix_ls.training.rows import SUPPORTED, Outcome, Row, RowFile, TextRow
from quickfix_ls.training.statistics import Interval, quantile, quantile_interval, share

SIZES = {"0": (0, 0), "1": (1, 1), "2": (2, 2), "3": (3, 3), "4-6": (4, 6), "7+": (7, 10**9)}
"""How many tokens the human changed, as (first, last) of each class."""


def summarise(sources: Sequence[RowFile], outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """One summary a source, in JSON's types; `outcomes` holds those of all sources one after another.

    Every share is an object `{count, of, share, low, high}` of all rows of its group, abstentions included
    (only `preferred_precision` is of the preferred ones); `low` and `high` bound its 95 % interval.
    """
    summaries = []
    position = 0
    for source in sources:
        end = position + len(source.all)
        summaries.append(_summary(source, outcomes[position:end]))
        position = end
    return summaries


def _summary(source: RowFile, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    pairs = [one for one in outcomes if isinstance(one.row, Row)]
    texts = [one for one in outcomes if isinstance(one.row, TextRow)]
    return {
        "name": source.name,
        "sha256": source.sha256,
        "groups": [{"kind": kind, "edit_tokens": size, **figures(group)} for kind, size, group in _groups(pairs)],
        "behaviour": behaviour(pairs),
        "winners": winners([one for one in pairs if isinstance(one.row, Row) and one.row.kind in SUPPORTED]),
        "texts": _texts(texts) if texts else None,
        "unsupported": dict(source.unsupported.most_common()),
        "crashes": [{"id": one.row.id, "error": one.crash} for one in outcomes if one.crash],
    }


def _groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, list[Outcome]]]:
    for kind in SUPPORTED:
        of_kind = [one for one in outcomes if isinstance(one.row, Row) and one.row.kind == kind]
        if of_kind:
            yield kind, "all", of_kind
        for size, (first, last) in SIZES.items():
            group = [one for one in of_kind if isinstance(one.row, Row) and first <= one.row.edit_tokens <= last]
            if group:
                yield kind, size, group


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of one group of rows that have a fix."""
    n = len(outcomes)
    preferred = [one for one in outcomes if one.preferred]
    return {
        "n": n,
        "offered": share(sum(bool(one.predictions) for one in outcomes), n),
        "well_formed": share(sum(one.well_formed for one in outcomes), n),
        "exact": share(sum(one.rank == 0 for one in outcomes), n),
        "exact_within_3": share(sum(one.rank is not None and one.rank < 3 for one in outcomes), n),
        "abstained": share(sum(not one.predictions for one in outcomes), n),
        "no_problem_found": share(sum(not one.problems for one in outcomes), n),
        "preferred": share(len(preferred), n),
        "preferred_precision": share(sum(one.rank == 0 for one in preferred), len(preferred)),
        "ms": _times(outcomes),
    }


def behaviour(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """For each kind of the rows that bring tests, and for all of them, what the first offer does to the program.
    `error_gone` is of all rows; `tests_pass` of those whose human text passes; no offer is a failure of both."""
    tested = [one for one in outcomes if one.behaviour is not None]
    kinds = Counter(one.row.kind for one in tested if isinstance(one.row, Row))
    groups = [(kind, [one for one in tested if isinstance(one.row, Row) and one.row.kind == kind]) for kind in kinds]
    return [_behaviour(kind, group) for kind, group in (*groups, *([("all", tested)] if len(groups) > 1 else []))]


def _behaviour(kind: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    found = [one.behaviour for one in outcomes if one.behaviour is not None]
    judged = [one for one in found if one.tests_pass is not None]
    return {
        "kind": kind,
        "n": len(found),
        "offered": share(sum(bool(one.predictions) for one in outcomes), len(outcomes)),
        "error_gone": share(sum(one.error_gone for one in found), len(found)),
        "tests_pass": share(sum(one.tests_pass is True for one in judged), len(judged)),
    }


def winners(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """For each source, how often the first offer was its own alone (`wins`), how often that was the human's fix
    (`right`), and the same of preferred offers; a repair of several sources counts as `several`. Most wins first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        if one.predictions:
            source = one.predictions[0].source
            count = counts["several" if "+" in source else source]
            count["wins"] += 1
            count["right"] += one.rank == 0
            count["preferred"] += one.preferred
            count["preferred_right"] += one.preferred and one.rank == 0
    keys = ("wins", "right", "preferred", "preferred_right")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1]["wins"], pair[0]))
    return [{"source": source, **{key: count[key] for key in keys}} for source, count in ranked]


def _texts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of texts without a fix: what was found where an error is stated, and where none is."""
    broken = [one for one in outcomes if isinstance(one.row, TextRow) and one.row.known_broken]
    others = [one for one in outcomes if isinstance(one.row, TextRow) and not one.row.known_broken]
    return {
        "n": len(outcomes),
        "known_broken": len(broken),
        "found_in_known_broken": share(sum(bool(one.problems) for one in broken), len(broken)),
        "offered_in_known_broken": share(sum(bool(one.predictions) for one in broken), len(broken)),
        "not_known_broken": len(others),
        "syntax_alarms": share(sum("syntax" in one.problems for one in others), len(others)),
        "name_alarms": share(sum("name" in one.problems for one in others), len(others)),
        "alarm_ids": [one.row.id for one in others if one.problems],
        "problems": sum(len(one.problems) for one in outcomes),
        "offers": sum(len(one.predictions) for one in outcomes),
        "ms": _times(outcomes),
    }


def _times(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    ms = [one.ms for one in outcomes]
    return {"p50": _time(quantile(ms, 0.5), quantile_interval(ms, 0.5)),
            "p95": _time(quantile(ms, 0.95), quantile_interval(ms, 0.95))}  # fmt: skip


def _time(value: float, interval: Interval) -> dict[str, float]:
    return {"value": round(value, 3), "low": round(interval[0], 3), "high": round(interval[1], 3)}
