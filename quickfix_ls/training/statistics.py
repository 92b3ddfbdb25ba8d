"""The statistics that reports need: intervals of shares, quantiles and their intervals, calibration error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import NormalDist, fmean

Interval = tuple[float, float]

_Z = NormalDist().inv_cdf(0.975)


def wilson(successes: int, n: int) -> Interval:
    """Return the 95 % score interval of a share, both ends in [0, 1]; (0, 1) if `n` is 0.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    JASA 22 (1927).
    """
    if n == 0:
        return 0.0, 1.0
    share = successes / n
    centre = share + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def share(count: int, n: int) -> dict[str, float | int | None]:
    """Return a share as `{count, of, share, low, high}` with its 95 % interval (Wilson); `share` is None if n is 0."""
    low, high = wilson(count, n)
    return {"count": count, "of": n, "share": count / n if n else None, "low": low, "high": high}


def equal_mass(pairs: Iterable[tuple[float, bool]], bins: int) -> list[list[tuple[float, bool]]]:
    """Sort pairs (probability, whether the event occurred) by probability, and cut them into at most `bins` of equal
    size."""
    ordered = sorted(pairs)
    edges = [len(ordered) * number // bins for number in range(bins + 1)]
    return [ordered[low:high] for low, high in pairwise(edges) if high > low]


def calibration_gap(bins: Sequence[Sequence[tuple[float, bool]]]) -> float:
    """Return the expected calibration error: the mean over bins, weighted by their size, of the difference between the
    mean probability and the share of events that occurred; 0 without bins.

    Source: M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 2015.
    """
    gaps = (len(part) * abs(fmean(p for p, _ in part) - fmean(true for _, true in part)) for part in bins)
    return sum(gaps) / max(1, sum(map(len, bins)))


def quantile(values: Sequence[float], q: float) -> float:
    """Return the q-quantile by the nearest rank, which is one of the values; nan if there are none."""
    if not values:
        return math.nan
    return sorted(values)[_rank(q * len(values), len(values))]


def quantile_interval(values: Sequence[float], q: float) -> Interval:
    """Return the 95 % interval of a quantile from the order statistics, for any distribution; nans without values.

    The number of values under the true quantile is binomial (n, q), here taken as normal.
    Source: W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.
    """
    n = len(values)
    if not n:
        return math.nan, math.nan
    ordered = sorted(values)
    spread = _Z * math.sqrt(n * q * (1 - q))
    return ordered[_rank(n * q - spread, n)], ordered[_rank(n * q + spread + 1, n)]


def _rank(position: float, n: int) -> int:
    return min(max(math.ceil(position), 1), n) - 1
