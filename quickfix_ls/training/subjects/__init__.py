"""The languages as training and evaluation see them: one `Subject` each, in the module of this package with its name.

Nothing else in training asks which language a row is in, apart from the tools that make or measure Python alone.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quickfix_ls import languages
from quickfix_ls.candidates.fixers import Fixers, all_fixers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.values import Span

if TYPE_CHECKING:
    from quickfix_ls.training.rows import Row, RowFile


@dataclass(frozen=True, eq=False)
class Subject:
    """What training and evaluation need to know of a language.

    - `name` is the language's name.
    - `kind(value)` returns the kind of problem of a row of an evaluation file, given as its JSON object.
    - `environments(path, schemas)` returns a function from such an object to the environment of its text (None for the
      default one); `path` is the evaluation file, `schemas` a file with the schemas that its rows name, or None for the
      file that belongs to the data. Raises UsageError for a file that can't be read.
    - `target(value)` returns the text that a row's fix is compared with, the number of tokens by which it differs, and
      whether it differs by the fix alone.
    - `asked(row, snapshot)` returns the span at which an editor would report the row's error.
    - `is_exact(kind, text, fixed)` compares two texts regardless of layout, `words(text)` splits a text for this.
    - `is_right(row, text)` tells whether a fixed text does what the person did.
    - `is_well_formed(row, text)` tells whether the language's own engine accepts a text.
    - `verdicts(row, text)` judges a first offer (None if there is none) in further ways, each with a name. A name is
      left out if the row can't be judged in this way.
    - `verdict_names` are all those names, in the order of reports.
    - `is_known(row)` tells whether the row's target is known to be right; if not, the row is learned from only if a
      candidate leads to its target, and decides nothing about what may be preferred.
    - `train_token_model(sources, folder, advance)` writes the token model and its card; `advance(done, total)` reports
      progress.
    - `made_rows(sources, seed, quick, advance, jobs)` makes rows of broken code, a few if `quick`; `advance(number)`
      reports progress. `made_count(quick)` is about their number, and `corpus` says of what they are made.
    - `rounds` is the number of boosted trees, and `precision` the lower bound of the share of right offers among the
      preferred ones; None for the defaults.
    """

    name: str
    kind: Callable[[Mapping[str, Any]], str]
    environments: Callable[[Path, Path | None], Callable[[Mapping[str, Any]], object | None]]
    target: Callable[[Mapping[str, Any]], tuple[str, int, bool]]
    asked: Callable[[Row, Snapshot], Span]
    is_exact: Callable[[str, str, str], bool]
    words: Callable[[str], list[str]]
    is_right: Callable[[Row, str], bool]
    is_well_formed: Callable[[Row, str], bool]
    train_token_model: Callable[[Sequence[RowFile], Path, Callable[[int, int], None]], None]
    made_rows: Callable[[Sequence[RowFile], int, bool, Callable[[int], None], int], list[Row]]
    made_count: Callable[[bool], int]
    corpus: str
    verdicts: Callable[[Row, str | None], dict[str, bool]] = lambda row, text: {}
    verdict_names: Sequence[str] = ()
    is_known: Callable[[Row], bool] = lambda row: True
    rounds: int | None = None
    precision: float | None = None

    @property
    def language(self) -> Language:
        """The language itself; its modules are imported at the first use."""
        return languages.of(self.name)


def subject(name: str) -> Subject:
    """Return the subject of a language. Raises LookupError if training does not know the language."""
    try:
        found: Subject = importlib.import_module(f"{__name__}.{name}").SUBJECT
    except ModuleNotFoundError as error:
        raise LookupError(f"training does not know the language {name!r}") from error
    return found


def is_subject(name: str) -> bool:
    """Return whether training knows a language."""
    return name.isidentifier() and importlib.util.find_spec(f"{__name__}.{name}") is not None


def certain_proposers(name: str) -> frozenset[str]:
    """Return the sources of a language's fixers that propose only where little else can be meant."""
    return frozenset(fixer.source for fixer in all_fixers(languages.of(name).part(Fixers)) if fixer.certain)


@cache
def resident_pipeline(name: str, selector: str) -> Pipeline:
    """Return the pipeline with the shipped models of a language, loaded once for a process. Raises ModelError if a
    model can't be used."""
    return Pipeline.load(languages.of(name), selector=selector)
