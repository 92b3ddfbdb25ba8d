"""Compute figures from a model's answers: the value of each prompt variant, and the result of ranking all answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quickfix_ls.training.statistics import quantile, wilson

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """A variant's answer for a row.

    `fixed` is the resulting text, empty if there is a reason in `failed` (no answer) or `refusal`; `exact` is true if
    it is the human's text. Tokens are those that the server counted, times are in seconds.
    """

    variant: str
    failed: str = ""
    refusal: str = ""
    fixed: str = ""
    exact: bool = False
    sent: int = 0
    received: int = 0
    cached: int = 0
    first_token: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """The outcome of a row: whether the human's fix is the first offer without the model (`alone`), the first offer
    with it (`together`), the model's answer that the reward model ranks first (`picked`), or the answer with the most
    votes (`voted`; `tied` if several have as many). `sure` is true if an offer was sure without the model, which would
    therefore not be asked."""

    id: str
    judged: tuple[JudgedAnswer, ...]
    sure: bool
    alone: bool
    together: bool
    picked: bool
    voted: bool
    tied: bool


def figures(outcomes: Sequence[RowOutcome]) -> dict[str, Any]:
    """Return the figures as JSON types. A share is `{count, of, share, low, high}` with its 95 % interval (Wilson).

    `variants` are sorted greedily by the gain of adding them: `gain` counts the rows that a variant, and no earlier
    one, repairs as the human did; `pass_at` counts those that it or an earlier variant repairs.
    """
    n = len(outcomes)
    tokens = [sum(answer.sent + answer.received for answer in outcome.judged) for outcome in outcomes]
    sure = [outcome.sure for outcome in outcomes]
    return {
        "rows": n,
        "variants": _variants(outcomes),
        "pass_at_k": _share(sum(any(answer.exact for answer in outcome.judged) for outcome in outcomes), n),
        "picked": _share(sum(outcome.picked for outcome in outcomes), n),
        "voted": _share(sum(outcome.voted for outcome in outcomes), n),
        "tied": _share(sum(outcome.tied for outcome in outcomes), n),
        "alone": _share(sum(outcome.alone for outcome in outcomes), n),
        "together": _share(sum(outcome.together for outcome in outcomes), n),
        "requests_saved": _share(sum(sure), n),
        "tokens_saved": _share(sum(count for count, skipped in zip(tokens, sure, strict=True) if skipped), sum(tokens)),
        "refusals": dict(_refusals(outcomes).most_common(12)),
    }


def _variants(outcomes: Sequence[RowOutcome]) -> list[dict[str, Any]]:
    by_variant: dict[str, dict[int, JudgedAnswer]] = {}
    for row, outcome in enumerate(outcomes):
        for answer in outcome.judged:
            by_variant.setdefault(answer.variant, {})[row] = answer
    repaired_by = {name: {row for row, answer in judged.items() if answer.exact} for name, judged in by_variant.items()}
    ordered: list[dict[str, Any]] = []
    repaired: set[int] = set()
    while repaired_by:
        name = max(sorted(repaired_by), key=lambda name: (len(repaired_by[name] - repaired), len(repaired_by[name])))
        gained = repaired_by.pop(name) - repaired
        repaired |= gained
        known = _variant(name, list(by_variant[name].values()))
        ordered.append({**known, "gain": len(gained), "pass_at": _share(len(repaired), len(outcomes))})
    return ordered


def _variant(name: str, judged: Sequence[JudgedAnswer]) -> dict[str, Any]:
    n = len(judged)
    first = [answer.first_token for answer in judged if answer.first_token is not None]
    return {
        "variant": name,
        "asked": n,
        "answered": _share(sum(not answer.failed for answer in judged), n),
        "coverage": _share(sum(bool(answer.fixed) for answer in judged), n),
        "exact": _share(sum(answer.exact for answer in judged), n),
        "sent": sum(answer.sent for answer in judged) / n,
        "cached": sum(answer.cached for answer in judged) / n,
        "received": sum(answer.received for answer in judged) / n,
        "first_token_p50": quantile(first, 0.5) if first else None,
        "complete_p50": quantile([answer.seconds for answer in judged], 0.5),
    }


def _refusals(outcomes: Sequence[RowOutcome]) -> Counter[str]:
    judged = (answer for outcome in outcomes for answer in outcome.judged)
    return Counter(_NUMBER.sub("n", answer.failed or answer.refusal or "passed") for answer in judged)


def _share(count: int, n: int) -> dict[str, float | int | None]:
    low, high = wilson(count, n)
    return {"count": count, "of": n, "share": count / n if n else None, "low": low, "high": high}
