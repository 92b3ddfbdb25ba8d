"""Why a problem has no offer: the user's rules keep it away, nothing is sure enough, or there is no idea."""

from __future__ import annotations

import time

from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.switches import is_off
from quickfix_ls.refused_changes import key_of
from quickfix_ls.settings import Rules
from quickfix_ls.values import Offer, Problem

UNSURE = "none that is sure enough"
"""The reason that is given where the time for finding another one is used up."""

NO_IDEA = "none was found that holds"

_SECONDS = 0.5
_OFFERS = 5


class Silence:
    """Tells why problems have no offer, for some `seconds` in all, since every answer costs a search."""

    def __init__(self, seconds: float = 3.0) -> None:
        self._left = seconds

    async def reason(self, pipeline: Pipeline, index: Index, problem: Problem) -> str:
        """Return the reason why the pipeline has no offer for a problem, in words. Cancellable at every await."""
        rules = pipeline.rules
        if rules.silent:
            return "offers are switched off for this file by the setting `perPath`"
        if kind_of(problem).proof == "checker":
            return "none that the checker agrees with"
        if self._left <= 0:
            return UNSURE
        began = time.monotonic()
        free = pipeline.under(Rules(min_probability=0.0, kinds=rules.kinds), pipeline.path)
        offers = await Pipeline.final_offers(free, index, problem, Budget(min(_SECONDS, self._left), _OFFERS))
        self._left -= time.monotonic() - began
        return _told(pipeline, index, offers)


def _told(pipeline: Pipeline, index: Index, offers: tuple[Offer, ...]) -> str:
    """Return why the pipeline keeps offers away, which are the best first; the cause that holds for the best counts."""
    if not offers:
        return NO_IDEA
    rules, best, snapshot = pipeline.rules, offers[0], index.snapshot
    if any(is_off(snapshot, edit.span) for edit in best.candidate.edits):
        return "its fix would change a line that `# quickfix: off` keeps"
    if key_of(pipeline.path, snapshot, best.problem, best.candidate.edits) in rules.never:
        return f"you refused its fix for ever, see `quickfix-ls never list`: {best.candidate.title}"
    disabled = sorted(_fixers(best) & pipeline.disabled_fixers)
    if disabled:
        return f"its fix is by {' and '.join(disabled)}, which the settings switch off"
    if rules.only_fixer and rules.only_fixer not in _fixers(best):
        return f"none by {rules.only_fixer}"
    needed = pipeline.thresholds.offer
    if best.probability < needed:
        return f"{UNSURE}: the best is {percent(best.probability)} sure, and none is shown below {100 * needed:.0f} %"
    return UNSURE


def percent(probability: float) -> str:
    """Return a probability in words. A learnt one is never certain, so at most 99 % is said."""
    return "less than 1 %" if probability < 0.01 else f"{min(99, 100 * probability):.0f} %"


def _fixers(offer: Offer) -> set[str]:
    """Return the names of the fixers that an offer's steps, or for a single step its proposers, come from."""
    steps = offer.candidate.source.split("+")
    sources = steps if len(steps) > 1 else [*steps, *offer.sources]
    return {source.removeprefix("fixer:") for source in sources if source.startswith("fixer:")}
