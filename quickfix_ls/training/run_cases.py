"""Run cases as a user meets them: by the first offer that an editor shows for the reported error, and by the text that
`fix --write` leaves."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import FilePlace, head_of
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.training.cases import Case, is_never, is_right, lost_words, same_fix
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.subjects import resident_pipeline
from quickfix_ls.training.trained_language import trained_language
from quickfix_ls.values import Offer, Reported, apply_edits
from quickfix_ls.worker.answers import offers_at
from quickfix_ls.worker.frames import AskOffers
from quickfix_ls.worker.open_documents import OpenDocument

FirstOffer = Literal["right", "wrong", "silent"]

_CHUNK = 8
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """The result for a case.

    - `first` judges the first offer: `silent` if there is none, which is right only where `is_right` is true.
    - `in_three`: one of the first three offers is right, or silence is right and there is none.
    - `is_never`: the first offer is one of the case's `never`.
    - `is_harmful`: the first offer is preferred, and wrong.
    - `found`: the number of problems found in the text by our own analysis; in a valid text, each is a false alarm.
    - `written` is the text that `fix --write` leaves; `lost` are the words missing in it that the best fix keeps;
      `writes_never` is true if it is one of the case's `never`.
    """

    case: Case
    ms: float
    first: FirstOffer
    is_right: bool
    in_three: bool
    is_never: bool
    is_harmful: bool
    found: int
    offers: tuple[Offer, ...]
    written: str
    lost: tuple[str, ...]
    writes_never: bool


def outcomes_of_cases(cases: Sequence[Case], selector: str, budget: Budget, jobs: int = 1) -> Iterator[CaseOutcome]:
    """Yield the outcome of every case, in order, computed in `jobs` processes (1: in this one)."""
    for _, outcomes in by_chunks(partial(_run_chunk, selector, budget), cases, _CHUNK, jobs):
        yield from outcomes


def run_case(pipeline: Pipeline, case: Case, budget: Budget) -> CaseOutcome:
    """Return the outcome of a case by a loaded pipeline. Must not be called from a running event loop."""
    with tempfile.TemporaryDirectory() as folder:
        path = _laid_out(case, Path(folder))
        index = trained_language().index(Snapshot.of(case.broken), _environment(case, path))
        return asyncio.run(_judged(pipeline, case, index, path, budget))


def _run_chunk(selector: str, budget: Budget, cases: Sequence[Case]) -> list[CaseOutcome]:
    return [run_case(resident_pipeline(languages.EXPECTED, selector), case, budget) for case in cases]


def _laid_out(case: Case, folder: Path) -> Path:
    """Write the case and its other files below a folder; return the path of the case."""
    path = folder / "case.py"
    for name, text in (*case.files, (path.name, case.broken)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return path


def _environment(case: Case, path: Path) -> object:
    roots = (str(path.parent),)
    place = FilePlace(str(path), roots, roots, case.target, head=head_of(case.broken))
    return trained_language().environment(place)


async def _judged(pipeline: Pipeline, case: Case, index: Index, path: Path, budget: Budget) -> CaseOutcome:
    started = time.perf_counter()
    offers = await _offers(pipeline, case, index, path, budget) if case.error else ()
    ms = (time.perf_counter() - started) * 1000
    found = len(find_all(index))
    texts = [apply_edits(case.broken, offer.candidate.edits) for offer in offers]
    rights = [is_right(case, text) for text in texts[:_SHOWN]]
    silence = not case.right or case.silence_ok
    first = texts[0] if texts else None
    is_wrong = bool(rights) and not rights[0]
    preferred_in_vain = first is not None and any(same_fix(first, never) for never in case.never_preferred)
    fixed = await fix_all(pipeline, index, budget)
    written = fixed.snapshot.text
    return CaseOutcome(
        case,
        ms,
        "silent" if first is None else "wrong" if is_wrong else "right",
        rights[0] if rights else silence,
        any(rights) if rights else silence,
        first is not None and is_never(case, first),
        bool(offers) and offers[0].preferred and (is_wrong or preferred_in_vain),
        found,
        tuple(offers),
        written,
        lost_words(case, written),
        is_never(case, written),
    )


async def _offers(pipeline: Pipeline, case: Case, index: Index, path: Path, budget: Budget) -> tuple[Offer, ...]:
    """Return the offers that an editor shows first for the reported error. Cancellable at every await."""
    span = index.snapshot.line_span(case.line - 1)
    question = AskOffers("", span, (Reported(case.error, span),), budget.seconds, budget.offers)
    document = OpenDocument("", 0, str(path), index)
    answered = await offers_at(document, pipeline, question)
    return next((offers for _, offers in answered), ())
