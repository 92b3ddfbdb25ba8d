"""Compute the figures of an evaluation from its outcomes: shares of all rows with their intervals, and times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quickfix_ls.training.case_figures import case_figures, name_figures
from quickfix_ls.training.rows import SUPPORTED, Outcome, Row, RowFile, TextRow
from quickfix_ls.training.run_cases import CaseOutcome
from quickfix_ls.training.statistics import Interval, quantile, quantile_interval, share
from quickfix_ls.training.subjects import subject

SIZES = {"0": (0, 0), "1": (1, 1), "2": (2, 2), "3": (3, 3), "4-6": (4, 6), "7+": (7, 10**9)}
"""The classes of rows by the number of tokens that the human changed, as (first, last)."""


def summarise(
    sources: Sequence[RowFile], outcomes: Sequence[Outcome], cases: Mapping[str, Sequence[CaseOutcome]] = {}
) -> list[dict[str, Any]]:
    """Return a summary of JSON types for each source; `outcomes` holds those of all sources in sequence, `cases` the
    outcomes of each source's cases, by the source's name.

    Every share is an object `{count, of, share, low, high}` of all rows of its group, abstentions included
    (only `preferred_precision` is of the preferred ones); `low` and `high` bound its 95 % interval.
    """
    summaries = []
    position = 0
    for source in sources:
        end = position + len(source.all)
        judged = cases.get(source.name)
        summary = _summary(source, outcomes[position:end])
        summaries.append({**summary, "cases": case_figures(judged) if judged else None})
        position = end
    return summaries


def _summary(source: RowFile, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    pairs = [outcome for outcome in outcomes if isinstance(outcome.row, Row)]
    texts = [outcome for outcome in outcomes if isinstance(outcome.row, TextRow)]
    return {
        "name": source.name,
        "sha256": source.sha256,
        "groups": [{"kind": kind, "edit_tokens": size, **figures(group)} for kind, size, group in _groups(pairs)],
        "names": name_figures(pairs),
        "verdicts": verdicts(pairs),
        "behaviour": behaviour(pairs),
        "winners": winners(
            [outcome for outcome in pairs if isinstance(outcome.row, Row) and outcome.row.kind in SUPPORTED]
        ),
        "texts": _texts(texts) if texts else None,
        "unsupported": dict(source.unsupported.most_common()),
        "crashes": [{"id": outcome.row.id, "error": outcome.crash} for outcome in outcomes if outcome.crash],
    }


def _groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, list[Outcome]]]:
    for kind in SUPPORTED:
        of_kind = [outcome for outcome in outcomes if isinstance(outcome.row, Row) and outcome.row.kind == kind]
        if of_kind:
            yield kind, "all", of_kind
        for size, (first, last) in SIZES.items():
            group = [
                outcome
                for outcome in of_kind
                if isinstance(outcome.row, Row) and first <= outcome.row.edit_tokens <= last
            ]
            if group:
                yield kind, size, group


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of a group of rows with a fix."""
    n = len(outcomes)
    preferred = [outcome for outcome in outcomes if outcome.preferred]
    return {
        "n": n,
        "offered": share(sum(bool(outcome.predictions) for outcome in outcomes), n),
        "well_formed": share(sum(outcome.well_formed for outcome in outcomes), n),
        "exact": share(sum(outcome.rank == 0 for outcome in outcomes), n),
        "exact_within_3": share(sum(outcome.rank is not None and outcome.rank < 3 for outcome in outcomes), n),
        "abstained": share(sum(not outcome.predictions for outcome in outcomes), n),
        "no_problem_found": share(sum(not outcome.problems for outcome in outcomes), n),
        "preferred": share(len(preferred), n),
        "preferred_precision": share(sum(outcome.rank == 0 for outcome in preferred), len(preferred)),
        "ms": _times(outcomes),
    }


def verdicts(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return, for each type of error and for all rows together, the shares of rows whose first offer passes each of the
    language's own judgements (`subjects.Subject.verdicts`); each is a share of all rows that can be judged in this way,
    abstentions included. Empty if the language has none."""
    judged = [(outcome.row, outcome) for outcome in outcomes if isinstance(outcome.row, Row) and outcome.verdicts]
    names = dict.fromkeys(name for row, _ in judged for name in subject(row.lang).verdict_names)
    groups: dict[str, list[Outcome]] = {"all": [outcome for _, outcome in judged]} if judged else {}
    for row, outcome in judged:
        groups.setdefault(row.error_type or row.kind, []).append(outcome)
    ranked = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return [
        {
            "error_type": error_type,
            "n": len(theirs),
            "offered": share(sum(bool(outcome.predictions) for outcome in theirs), len(theirs)),
            "passed": {name: _passed(theirs, name) for name in names},
            "ms": _times(theirs),
        }
        for error_type, theirs in ranked
    ]


def _passed(outcomes: Sequence[Outcome], name: str) -> dict[str, float | int | None]:
    asked = [outcome.verdicts[name] for outcome in outcomes if name in outcome.verdicts]
    return share(sum(asked), len(asked))


def behaviour(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return, for each kind of rows with tests and for all of them, the figures of programs after the first offer.
    `error_gone` is a share of all rows; `tests_pass` of those whose human text passes; no offer is a failure of both.
    """
    tested = [outcome for outcome in outcomes if outcome.behaviour is not None]
    kinds = Counter(outcome.row.kind for outcome in tested if isinstance(outcome.row, Row))
    groups = [
        (kind, [outcome for outcome in tested if isinstance(outcome.row, Row) and outcome.row.kind == kind])
        for kind in kinds
    ]
    return [_behaviour(kind, group) for kind, group in (*groups, *([("all", tested)] if len(groups) > 1 else []))]


def _behaviour(kind: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    found = [result.behaviour for result in outcomes if result.behaviour is not None]
    judged = [result for result in found if result.tests_pass is not None]
    return {
        "kind": kind,
        "n": len(found),
        "offered": share(sum(bool(result.predictions) for result in outcomes), len(outcomes)),
        "error_gone": share(sum(result.error_gone for result in found), len(found)),
        "tests_pass": share(sum(result.tests_pass is True for result in judged), len(judged)),
    }


def winners(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return, for each source, the number of first offers of which it was the only source (`wins`), the number of those
    that were the human's fix (`right`), and both for preferred offers; sorted by `wins`, descending.

    A repair with several sources counts for the source `several`.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        if outcome.predictions:
            source = outcome.predictions[0].source
            count = counts["several" if "+" in source else source]
            count["wins"] += 1
            count["right"] += outcome.rank == 0
            count["preferred"] += outcome.preferred
            count["preferred_right"] += outcome.preferred and outcome.rank == 0
    keys = ("wins", "right", "preferred", "preferred_right")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1]["wins"], pair[0]))
    return [{"source": source, **{key: count[key] for key in keys}} for source, count in ranked]


def _texts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of texts without a fix: the problems found in those with a stated error, and in the others."""
    broken = [outcome for outcome in outcomes if isinstance(outcome.row, TextRow) and outcome.row.known_broken]
    others = [outcome for outcome in outcomes if isinstance(outcome.row, TextRow) and not outcome.row.known_broken]
    return {
        "n": len(outcomes),
        "known_broken": len(broken),
        "found_in_known_broken": share(sum(bool(outcome.problems) for outcome in broken), len(broken)),
        "offered_in_known_broken": share(sum(bool(outcome.predictions) for outcome in broken), len(broken)),
        "not_known_broken": len(others),
        "syntax_alarms": share(sum("syntax" in outcome.problems for outcome in others), len(others)),
        "name_alarms": share(sum("name" in outcome.problems for outcome in others), len(others)),
        "alarms": share(sum(bool(outcome.problems) for outcome in others), len(others)),
        "alarm_ids": [outcome.row.id for outcome in others if outcome.problems],
        "problems": sum(len(outcome.problems) for outcome in outcomes),
        "offers": sum(len(outcome.predictions) for outcome in outcomes),
        "ms": _times(outcomes),
    }


def _times(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    ms = [outcome.ms for outcome in outcomes]
    return {"p50": _time(quantile(ms, 0.5), quantile_interval(ms, 0.5)),
            "p95": _time(quantile(ms, 0.95), quantile_interval(ms, 0.95))}  # fmt: skip


def _time(value: float, interval: Interval) -> dict[str, float]:
    return {"value": round(value, 3), "low": round(interval[0], 3), "high": round(interval[1], 3)}
