"""All figures of the quality report, in JSON's types: what the page and the pictures are made from.

A share is an object `{count, of, share, low, high}` of all rows of its group, those without an offer included; `low`
and `high` bound its 95 % interval (Wilson).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from quickfix_ls.problems.kinds import KINDS
from quickfix_ls.ranking.thresholds import kind_of_offer
from quickfix_ls.training.case_figures import name_figures
from quickfix_ls.training.rows import Outcome, Prediction, Row
from quickfix_ls.training.statistics import calibration_gap, equal_mass, quantile
from quickfix_ls.training.summary import SIZES
from research.quality_report.reach import by_shape, reasons
from research.quality_report.records import Record, by_source
from research.quality_report.tables import share

_BINS = 10
_MOST_PAIRS = 25
_CURVE_POINTS = 60
_FIRST = 5


def figures(records: Sequence[Record], rows: Mapping[str, Row]) -> dict[str, Any]:
    """The figures of all sources and kinds, and of all proposers; `rows` has the texts of the records' rows."""
    return {
        "sources": [_source(name, kind, theirs, rows) for (name, kind), theirs in by_source(records).items()],
        "auc": _auc(records),
        "candidates": sum(len(one.chances) for one in records),
        "kinds": kinds(records),
        "names": names(records, rows),
        "proposers": proposers(records),
        "beaten": beaten(records),
    }


def are_of_model(made: Mapping[str, Any], card: Mapping[str, Any]) -> bool:
    """Whether the figures are those that stand in a model's card: both come from one cross-validation."""

    def exact(name: str, group: Mapping[str, Any]) -> tuple[str, str, str, int]:
        return name, group.get("kind", ""), group["edit_tokens"], group["exact"]["count"]

    ours = {exact(one["name"], {"kind": one["kind"], **group}) for one in made["sources"] for group in one["groups"]}
    stated = card["cross_validated"]["sources"]
    return ours == {exact(one["name"], group) for one in stated for group in one["groups"]}


def _source(name: str, kind: str, records: Sequence[Record], rows: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "groups": list(_groups(records)),
        "top": [share(_within(records, most), len(records)) for most in range(1, _FIRST + 1)],
        "among_candidates": share(sum(one.reached for one in records), len(records)),
        "calibration": calibration(records),
        "coverage": coverage(records),
        "out_of_reach": reasons(records, rows),
        "shapes": by_shape(records, rows),
        "ms": {"p50": round(quantile([one.ms for one in records], 0.5), 1),
               "p95": round(quantile([one.ms for one in records], 0.95), 1)},
    }  # fmt: skip


def calibration(records: Sequence[Record], bins: int = _BINS) -> dict[str, Any]:
    """First offers in bins of equal mass by their probability: the mean of it, and the share of human's fixes; and the
    mean gap between the two, weighted by mass (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    filled = equal_mass(((one.offers[0].probability, one.is_right) for one in records if one.offers), bins)
    found = [
        {
            "probability": round(fmean(chance for chance, _ in part), 4),
            "right": share(sum(right for _, right in part), len(part)),
        }
        for part in filled
    ]
    return {"error": round(calibration_gap(filled), 4) if filled else None, "bins": found}


def kinds(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The calibration of first offers, and how often the preferred ones are right, for each kind of offers, see
    `ranking.thresholds`."""
    groups: dict[str, list[Record]] = {}
    for one in records:
        if one.offers:
            sources = one.offers[0].source.split("+")
            groups.setdefault(kind_of_offer(KINDS[one.kind].stepwise, sources), []).append(one)
    return [
        {
            "kind": kind,
            "n": len(theirs),
            "right": share(sum(one.is_right for one in theirs), len(theirs)),
            "error": calibration(theirs)["error"],
            "preferred": share(sum(one.preferred for one in theirs), len(theirs)),
            "precision": share(sum(one.preferred and one.is_right for one in theirs),
                               sum(one.preferred for one in theirs)),
        }
        for kind, theirs in sorted(groups.items())
    ]  # fmt: skip


def names(records: Sequence[Record], rows: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The figures of undefined names by what the person did about them; see `training.case_figures`."""
    outcomes = [
        Outcome(
            row, one.ms, (), tuple(Prediction("", offer.probability, offer.source, ()) for offer in one.offers),
            one.preferred, one.well_formed, one.rank,
        )
        for one in records
        if (row := rows.get(one.id)) is not None and row.fix_how
    ]  # fmt: skip
    return name_figures(outcomes)


def coverage(records: Sequence[Record]) -> dict[str, Any]:
    """How often first offers are right if only those of a high enough probability are marked, as points
    (share of rows that are marked, precision), and where the shipped thresholds stand among them."""
    ranked = sorted(((one.offers[0].probability, one.is_right) for one in records if one.offers), reverse=True)
    points, right = [], 0
    for count, (_, exact) in enumerate(ranked, 1):
        right += exact
        points.append((round(count / len(records), 4), round(right / count, 4)))
    step = max(1, len(points) // _CURVE_POINTS)
    marked = [one for one in records if one.preferred]
    return {
        "curve": points[step - 1 :: step],
        "marked": share(len(marked), len(records)),
        "precision": share(sum(one.is_right for one in marked), len(marked)),
    }


def proposers(records: Sequence[Record]) -> list[dict[str, Any]]:
    """For each proposer how often its offer came first, how often rightly, how often it was wrong though marked as
    preferred, and how often the human's fix was its own but another's came first. Most wins first."""
    counts: dict[str, Counter[str]] = {}
    for one in records:
        winner = _winner(one)
        if winner:
            count = counts.setdefault(winner, Counter())
            count["wins"] += 1
            count["right"] += one.is_right
            count["preferred_wrong"] += one.preferred and not one.is_right
        loser = _loser(one)
        if loser:
            counts.setdefault(loser, Counter())["loses"] += 1
    keys = ("wins", "right", "preferred_wrong", "loses")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1]["wins"], pair[0]))
    return [{"source": source, **{key: count[key] for key in keys}} for source, count in ranked]


def beaten(records: Sequence[Record]) -> list[dict[str, Any]]:
    """Who came first, wrongly, before whom: pairs with their counts, the most frequent first. Silence may win, too."""
    pairs = Counter((_winner(one) or "silence", _loser(one)) for one in records if _loser(one))
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_PAIRS]
    return [{"winner": winner, "loser": loser, "count": count} for (winner, loser), count in ranked]


def _winner(record: Record) -> str:
    return _named(record.offers[0].source.split("+")) if record.offers else ""


def _loser(record: Record) -> str:
    """Who had the human's fix where another's came first; empty where nobody had, or where it came first."""
    if record.is_right or not record.reached:
        return ""
    if record.rank is not None:
        return _named(record.offers[record.rank].source.split("+"))
    return _named(record.way)


def _named(steps: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(steps))
    return "several" if len(distinct) > 1 else distinct[0] if distinct else ""


def _groups(records: Sequence[Record]) -> Iterable[dict[str, Any]]:
    yield {"edit_tokens": "all", **_counts(records)}
    for size, (first, last) in SIZES.items():
        theirs = [one for one in records if first <= one.edit_tokens <= last]
        if theirs:
            yield {"edit_tokens": size, **_counts(theirs)}


def _counts(records: Sequence[Record]) -> dict[str, Any]:
    n = len(records)
    marked = [one for one in records if one.preferred]
    return {
        "n": n,
        "offered": share(sum(bool(one.offers) for one in records), n),
        "well_formed": share(sum(one.well_formed for one in records), n),
        "exact": share(sum(one.is_right for one in records), n),
        "exact_within_3": share(_within(records, 3), n),
        "among_candidates": share(sum(one.reached for one in records), n),
        "preferred": share(len(marked), n),
        "precision": share(sum(one.is_right for one in marked), len(marked)),
    }


def _within(records: Sequence[Record], most: int) -> int:
    return sum(one.rank is not None and one.rank < most for one in records)


def _auc(records: Sequence[Record]) -> float | None:
    """The chance that a right candidate of a first step has a higher probability than a wrong one, over all rows."""
    from sklearn.metrics import roc_auc_score

    chances = [chance for one in records for chance in one.chances]
    right = [place in one.right for one in records for place in range(len(one.chances))]
    return round(float(roc_auc_score(right, chances)), 4) if len(set(right)) == 2 else None
