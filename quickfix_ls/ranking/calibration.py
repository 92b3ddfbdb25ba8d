"""Convert the scores of a group of candidates into calibrated probabilities that each is the right one.

Candidates that remove content are calibrated apart: a change that makes an error go away by deleting code looks as good
to a selector as one that repairs it, and is right less often.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from quickfix_ls.validation.content import REMOVED

_MIN_PROBABILITY = 1e-6
_TIE_BREAK = 1e-9


def removing(names: Sequence[str], rows: Sequence[Sequence[float]]) -> list[bool]:
    """Return which candidates remove content, by their feature rows; `names` are those of the features.

    Empty if the features do not tell.
    """
    place = names.index(REMOVED) if REMOVED in names else -1
    return [row[place] > 0 for row in rows] if place >= 0 else []


@dataclass(frozen=True, slots=True)
class Calibration:
    """A monotone map from scores to probabilities, fitted on groups that the selector was not trained on.

    A candidate's evidence is `score_weight` times its score plus `share_weight` times the natural logarithm of its
    share, which is the softmax of the group's scores at `temperature`. The probability is linear in the evidence
    between `knots`, pairs (evidence, probability) in ascending order, and constant outside of them. `deletions` is the
    map for candidates that remove content, fitted on these alone; without it they are like all others.
    """

    knots: tuple[tuple[float, float], ...]
    score_weight: float = 1.0
    share_weight: float = 0.0
    temperature: float = 1.0
    deletions: Calibration | None = None

    def probabilities(self, scores: Sequence[float], removing: Sequence[bool] = ()) -> list[float]:
        """Return a probability in (0, 1) for each candidate of one problem.

        `removing` tells which candidates remove content; empty if that is not known. Among candidates of the same map,
        a higher score gives a higher probability, even between knots of equal probability.
        """
        found = [self._probability(evidence) for evidence in self.evidence(scores)]
        if self.deletions is None or not any(removing):
            return found
        apart = self.deletions.probabilities(scores)
        return [other if removes else one for one, other, removes in zip(found, apart, removing, strict=True)]

    def evidence(self, scores: Sequence[float]) -> list[float]:
        """Return the evidence, the input of the piecewise linear map, for each candidate of one problem."""
        if not scores:
            return []
        top = max(scores)
        total = math.log(sum(math.exp((score - top) / self.temperature) for score in scores))
        shares = (((score - top) / self.temperature - total) for score in scores)
        pairs = zip(scores, shares, strict=True)
        return [self.score_weight * score + self.share_weight * share for score, share in pairs]

    def _probability(self, evidence: float) -> float:
        place = bisect_right(self.knots, (evidence, math.inf))
        if place in (0, len(self.knots)):
            found = self.knots[min(place, len(self.knots) - 1)][1]
        else:
            (x0, y0), (x1, y1) = self.knots[place - 1], self.knots[place]
            found = y0 + (y1 - y0) * (evidence - x0) / (x1 - x0)
        return min(max(found, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY) + _TIE_BREAK * evidence / (1 + abs(evidence))

    def as_card(self) -> dict[str, Any]:
        """Return the object that a model's card holds under `calibration`; `from_card` reads it."""
        return {
            "score_weight": self.score_weight,
            "share_weight": self.share_weight,
            "temperature": self.temperature,
            "knots": [list(knot) for knot in self.knots],
            **({"deletions": self.deletions.as_card()} if self.deletions else {}),
        }

    @classmethod
    def from_card(cls, stated: Mapping[str, Any]) -> Calibration:
        """Read a calibration from a card. Raises ValueError, KeyError or TypeError if the object is not valid."""
        knots = tuple((float(x), float(y)) for x, y in stated["knots"])
        score, share, temperature = (float(stated[name]) for name in ("score_weight", "share_weight", "temperature"))
        apart = stated.get("deletions")
        found = cls(knots, score, share, temperature, None if apart is None else cls.from_card(apart))
        weights = (found.score_weight, found.share_weight)
        numbers = (*weights, found.temperature, *(number for knot in knots for number in knot))
        if not knots or not all(map(math.isfinite, numbers)) or min(weights) < 0 or found.temperature <= 0:
            raise ValueError("a calibration needs knots, finite numbers, weights from 0 and a temperature above 0")
        if any(x1 <= x0 or y1 < y0 for (x0, y0), (x1, y1) in pairwise(knots)):
            raise ValueError("the knots of a calibration must rise")
        return found
