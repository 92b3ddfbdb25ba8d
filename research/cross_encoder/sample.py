"""Which groups are learned from and which are judged: whole groups at random, source by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_arrays import Candidates, Flags, Ints
from research.selector_comparison.splits import splits

_COMPLETE = FEATURE_NAMES.index("complete")


@dataclass(frozen=True)
class Lesson:
    """A group to learn from: its number, and which of its candidates are shown."""

    choice: int
    shown: Flags


def lessons(candidates: Candidates, groups: int, wrong: int, seed: int) -> list[Lesson]:
    """At most `groups` groups of each source, among those where there is a choice between right and wrong: all right
    candidates and at most `wrong` others, at random, but half of them from those after which no error is left, since
    these are the hard ones."""
    rng = np.random.default_rng(seed)
    teaches = np.array([0 < candidates.right[places].mean() < 1 for places in candidates.groups])
    found = []
    for choice in of_each_source(candidates, teaches, groups, seed):
        right = candidates.right[candidates.groups[choice]]
        shown = right.copy()
        others = rng.permutation(np.flatnonzero(~right))
        hard = others[_is_complete(candidates, choice)[others]][: wrong // 2]
        shown[hard] = True
        shown[np.setdiff1d(others, hard, assume_unique=True)[: wrong - len(hard)]] = True
        found.append(Lesson(int(choice), shown))
    return found


def _is_complete(candidates: Candidates, choice: int) -> Flags:
    found: Flags = candidates.x[candidates.groups[choice], _COMPLETE] > 0
    return found


def judged(candidates: Candidates, source: str, groups: int, seed: int) -> list[int]:
    """At most `groups` groups of a source, at random."""
    wanted = candidates.first(candidates.source) == source
    return [int(one) for one in of_each_source(candidates, wanted, groups, seed + 1)]


def allowed(candidates: Candidates, source: str, chosen: Sequence[Lesson]) -> list[Lesson]:
    """The lessons that a model may learn from for which a source is to be unseen."""
    split = next((one for one in splits(candidates, "unseen") if one.name == source), None)
    if split is None:
        return []
    fits = candidates.first(split.fit)
    return [lesson for lesson in chosen if fits[lesson.choice]]


def of_each_source(candidates: Candidates, wanted: Flags, groups: int, seed: int) -> Ints:
    """At most `groups` of the wanted groups of each source, in the order of the set."""
    source = candidates.first(candidates.source)
    rng = np.random.default_rng(seed)
    found = [rng.permutation(np.flatnonzero(wanted & (source == one)))[:groups] for one in np.unique(source)]
    return np.sort(np.concatenate(found))
