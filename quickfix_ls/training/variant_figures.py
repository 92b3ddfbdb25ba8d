"""From answers to figures: what each way to ask is worth, and what ranking makes of all of them."""

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
    """One way's answer about one row: `fixed` is the text it makes, empty where it `failed` or was refused, each with
    the reason; `exact` means that it is the human's. Tokens as the server counted them, times in seconds."""

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
    """One row. Whether the human's fix is: the first offer without the model (`alone`), the first with it (`together`),
    what the reward model likes best of what the model wrote (`picked`), what most answers say (`voted`; `tied` where
    several texts have as many votes). `sure`: a fix was sure without the model, so that it would not be asked."""

    id: str
    judged: tuple[JudgedAnswer, ...]
    sure: bool
    alone: bool
    together: bool
    picked: bool
    voted: bool
    tied: bool


def figures(outcomes: Sequence[RowOutcome]) -> dict[str, Any]:
    """The figures in JSON's types. A share is `{count, of, share, low, high}` with its 95 % interval (Wilson).

    `variants` are in the order in which adding them gains most: `gain` counts the rows that a variant is the first to
    mend as the human did, `pass_at` the rows that it or one before it does.
    """
    n = len(outcomes)
    tokens = [sum(one.sent + one.received for one in outcome.judged) for outcome in outcomes]
    sure = [outcome.sure for outcome in outcomes]
    return {
        "rows": n,
        "variants": _variants(outcomes),
        "pass_at_k": _share(sum(any(one.exact for one in outcome.judged) for outcome in outcomes), n),
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
        for one in outcome.judged:
            by_variant.setdefault(one.variant, {})[row] = one
    mends = {name: {row for row, one in judged.items() if one.exact} for name, judged in by_variant.items()}
    ordered: list[dict[str, Any]] = []
    mended: set[int] = set()
    while mends:
        name = max(sorted(mends), key=lambda name: (len(mends[name] - mended), len(mends[name])))
        gained = mends.pop(name) - mended
        mended |= gained
        known = _variant(name, list(by_variant[name].values()))
        ordered.append({**known, "gain": len(gained), "pass_at": _share(len(mended), len(outcomes))})
    return ordered


def _variant(name: str, judged: Sequence[JudgedAnswer]) -> dict[str, Any]:
    n = len(judged)
    first = [one.first_token for one in judged if one.first_token is not None]
    return {
        "variant": name,
        "asked": n,
        "answered": _share(sum(not one.failed for one in judged), n),
        "coverage": _share(sum(bool(one.fixed) for one in judged), n),
        "exact": _share(sum(one.exact for one in judged), n),
        "sent": sum(one.sent for one in judged) / n,
        "cached": sum(one.cached for one in judged) / n,
        "received": sum(one.received for one in judged) / n,
        "first_token_p50": quantile(first, 0.5) if first else None,
        "complete_p50": quantile([one.seconds for one in judged], 0.5),
    }


def _refusals(outcomes: Sequence[RowOutcome]) -> Counter[str]:
    judged = (one for outcome in outcomes for one in outcome.judged)
    return Counter(_NUMBER.sub("n", one.failed or one.refusal or "passed") for one in judged)


def _share(count: int, n: int) -> dict[str, float | int | None]:
    low, high = wilson(count, n)
    return {"count": count, "of": n, "share": count / n if n else None, "low": low, "high": high}
