"""Why a problem has no offer: the user's rules keep it away, nothing is sure enough, or there is no idea."""

from __future__ import annotations

import time
from typing import Literal, NamedTuple

from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.switches import is_off
from quickfix_ls.refused_changes import key_of
from quickfix_ls.settings import Rules
from quickfix_ls.values import Offer, Problem

_SECONDS = 0.5
_OFFERS = 5


class Reason(NamedTuple):
    """Why a problem has no offer: the user's `settings` keep it away, nothing is sure enough (`unsure`), or there is
    none that holds (`none`); `text` says it in words."""

    cause: Literal["settings", "unsure", "none"]
    text: str


UNSURE = Reason("unsure", "none that is sure enough")
"""The reason that is given where the time for finding another one is used up."""

_NONE = Reason("none", "none was found that holds")
_UNPROVEN = Reason("none", "none that the checker agrees with")
_SWITCHED_OFF = Reason("settings", "offers are switched off for this file by the setting `perPath`")


class Silence:
    """Tells why problems have no offer, for some `seconds` in all, since every answer costs a search."""

    def __init__(self, seconds: float = 3.0) -> None:
        self._left = seconds

    async def reason(self, pipeline: Pipeline, index: Index, problem: Problem) -> Reason:
        """Return the reason why the pipeline has no offer for a problem. Cancellable at every await."""
        rules = pipeline.rules
        if rules.silent:
            return _SWITCHED_OFF
        if kind_of(problem).proof == "checker":
            return _UNPROVEN
        if self._left <= 0:
            return UNSURE
        began = time.monotonic()
        free = pipeline.under(Rules(min_probability=0.0, kinds=rules.kinds), pipeline.path)
        offers = await Pipeline.final_offers(free, index, problem, Budget(min(_SECONDS, self._left), _OFFERS))
        self._left -= time.monotonic() - began
        return _reason(pipeline, index, offers)


def _reason(pipeline: Pipeline, index: Index, offers: tuple[Offer, ...]) -> Reason:
    """Return why the pipeline keeps offers away, which are the best first; the cause that holds for the best counts."""
    if not offers:
        return _NONE
    rules, best, snapshot = pipeline.rules, offers[0], index.snapshot
    if any(is_off(snapshot, edit.span) for edit in best.candidate.edits):
        return Reason("settings", "its fix would change a line that `# quickfix: off` keeps")
    if key_of(pipeline.path, snapshot, best.problem, best.candidate.edits) in rules.never:
        said = f"you refused its fix for ever, see `quickfix-ls never list`: {best.candidate.title}"
        return Reason("settings", said)
    disabled = sorted(_fixers(best) & pipeline.disabled_fixers)
    if disabled:
        return Reason("settings", f"its fix is by {' and '.join(disabled)}, which the settings switch off")
    if rules.only_fixer and rules.only_fixer not in _fixers(best):
        return Reason("settings", f"none by {rules.only_fixer}")
    needed = pipeline.thresholds.shown_from(kind_of(offers[0].problem).stepwise)
    if best.probability < needed:
        sure, limit = percent(best.probability), f"{100 * needed:.0f} %"
        return Reason("unsure", f"{UNSURE.text}: the best is {sure} sure, and none is shown below {limit}")
    return UNSURE


def percent(probability: float) -> str:
    """Return a probability in words. A learnt one is never certain, so at most 99 % is said."""
    return "less than 1 %" if probability < 0.01 else f"{min(99, 100 * probability):.0f} %"


def _fixers(offer: Offer) -> set[str]:
    """Return the names of the fixers that an offer's steps, or for a single step its proposers, come from."""
    steps = offer.candidate.source.split("+")
    sources = steps if len(steps) > 1 else [*steps, *offer.sources]
    return {source.removeprefix("fixer:") for source in sources if source.startswith("fixer:")}
