"""Compute the reward model's input for a candidate: one row of numbers, the same in training and in serving.

Shared features are declared here and nowhere else; a model may use a part of them, and no others (see
`loader`). Categories (of texts, sources, messages) are hashed into BUCKETS buckets, so that a new fixer needs no list.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from quickfix_ls.context import Context
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.ranking.explain import TopicWords
from quickfix_ls.ranking.measures import BUCKETS, Changed, RankedGroup, bucket
from quickfix_ls.ranking.measures.edit_size import edit_measures
from quickfix_ls.ranking.measures.error_class import error_class, error_measures
from quickfix_ls.ranking.measures.places import place_measures
from quickfix_ls.ranking.measures.touched_lines import line_measures
from quickfix_ls.validation.change import Change


@dataclass(frozen=True, slots=True)
class Feature:
    """The declaration of a feature: its `unit`, its range from `low` to `high`; `category` marks unordered buckets."""

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    category: bool = False


def category(name: str, meaning: str) -> Feature:
    return Feature(name, meaning, "bucket", 0, BUCKETS - 1, category=True)


SHARED: tuple[Feature, ...] = (
    category("source", "who proposed it first"),
    category("error", "the error's type and message, names left out"),
    Feature("votes", "how many sources propose this very text, counted before equals are merged", "sources", 1, 20),
    Feature("order", "how many candidates were proposed before it", "candidates", 0, 500),
    Feature("rivals", "how many candidates of this problem passed validation", "candidates", 1, 500),
    Feature("complete", "1: no error is left, 0: a further one, below, is", "flag", 0, 1),
    Feature("edits", "places that change", "edits", 1, 100),
    Feature("tokens_added", "tokens in the new text of the edits", "tokens", 0, 200),
    Feature("tokens_removed", "tokens in the old text of the edits", "tokens", 0, 200),
    Feature("chars_added", "characters in the new text, white space aside", "characters", 0, 500),
    Feature("chars_removed", "characters in the old text, white space aside", "characters", 0, 500),
    Feature("lines_moved", "lines whose indentation changes", "lines", 0, 100),
    Feature("columns_moved", "by how much the first of them moves", "columns", -80, 80),
    category("error_after", "the error that is left, names left out"),
    Feature("error_again", "it is of the same sort as the reported one", "flag", 0, 1),
    Feature("error_gap", "from the changed lines to the error that is left; -1 where none is", "lines", -1, 200),
    category("added", "the first token that is added"),
    category("removed", "the first token that is removed"),
    category("before", "the token before the first edit"),
    category("after", "the token after the first edit"),
    category("before2", "the token before that"),
    category("after2", "the token behind the one after the last edit"),
    category("line_head", "the first token of the first edit's line"),
    category("line_tail", "its last token"),
    category("problem_token", "the token at the problem"),
    Feature("at_start", "the first edit stands where the problem begins", "flag", 0, 1),
    Feature("at_end", "it stands where the problem ends", "flag", 0, 1),
    Feature("lines_away", "from the problem to the first edit", "lines", -100, 100),
    Feature("tokens_away", "from the problem to the first edit", "tokens", -200, 200),
    Feature("tokens_from_end", "from the problem's end to the first edit", "tokens", -200, 200),
    Feature("at_line_end", "nothing but a comment follows in the line", "flag", 0, 1),
    Feature("at_line_start", "nothing but white space stands before it in the line", "flag", 0, 1),
    Feature("depth", "brackets that are open where the first edit is", "brackets", 0, 20),
    Feature("similarity", "of the lines before and after, Indel ratio", "ratio", 0, 1),
    Feature("echo", "runs of three tokens that stand elsewhere: those that come, less those that go", "ratio", -1, 1),
    Feature("echo_after", "those that come alone", "ratio", 0, 1),
    Feature("misfits", "neighbours in the edited lines that no program has side by side, afterwards", "pairs", 0, 100),
    Feature("misfits_before", "the same before", "pairs", 0, 100),
    Feature("operands_removed", "names and literals that go", "tokens", -200, 200),
    Feature("known_strings", "new strings that stand elsewhere too, less those that don't", "strings", -50, 50),
    Feature("quoted_names", "new strings that are a name elsewhere", "strings", 0, 50),
    Feature("gain", "how much likelier the language model finds the text", "bits", -200, 200),
    Feature("gain_lead", "by how much it leads the best other candidate, or trails it", "bits", -200, 200),
    Feature("gain_rank", "other candidates that the language model likes better", "candidates", 0, 500),
    Feature("line_bits", "plausibility of the edited lines afterwards, per token", "bits", -20, 0),
    Feature("worst_bits", "the least likely token of the edited lines afterwards", "bits", -40, 0),
    Feature("changed_bits", "plausibility of all that changes, per token", "bits", -40, 0),
    Feature("changed_tokens", "how many tokens that are, log2(1 + n)", "log2", 0, 12),
)  # fmt: skip
"""The features of every language."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A language's own features: their declarations, and `measure(changed)`, which returns their values by name.

    `topics` are the words for what each of them says in an explanation of a score, see `explain`.
    """

    features: tuple[Feature, ...]
    measure: Callable[[Changed], Mapping[str, float]]
    topics: Mapping[str, TopicWords] = field(default_factory=dict)

    @property
    def table(self) -> tuple[Feature, ...]:
        """All features of the language's candidates: the shared ones, then its own."""
        return (*SHARED, *self.features)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all features, in the order of `table`."""
        return tuple(feature.name for feature in self.table)


class Rankable(Protocol):
    """The input of ranking: a candidate's `change`, all `sources` that proposed it, and its `order` of proposal."""

    @property
    def change(self) -> Change: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def order(self) -> int: ...


def features(
    context: Context, group: Sequence[Rankable], plausibility: Plausibility, names: Sequence[str] = ()
) -> list[list[float]]:
    """Compute a feature row for each candidate of a problem, in the order of `names`, or of the language's table if
    `names` is empty. Deterministic."""
    measures = context.index.language.part(Measures)
    names = names or measures.names
    shared = RankedGroup(context, plausibility)
    error = bucket(error_class(context.problem))
    changes = [Changed(shared, candidate.change) for candidate in group]
    gains = [changed.judged.gain for changed in changes]
    ranks = _ranks(gains)
    rows = []
    for index, (candidate, changed) in enumerate(zip(group, changes, strict=True)):
        judged = changed.judged
        row = {
            "source": _source(candidate.sources[0]),
            "error": error,
            "votes": len(candidate.sources),
            "order": candidate.order,
            "rivals": len(group),
            "gain": judged.gain,
            "gain_lead": judged.gain - max((*gains[:index], *gains[index + 1 :]), default=judged.gain),
            "gain_rank": ranks[index],
            "line_bits": judged.line_bits,
            "worst_bits": judged.worst_bits,
            "changed_bits": judged.changed_bits,
            "changed_tokens": math.log2(1 + judged.changed_tokens),
            **error_measures(changed),
            **edit_measures(changed),
            **place_measures(changed),
            **line_measures(changed),
            **measures.measure(changed),
        }
        rows.append([float(row[name]) for name in names])
    return rows


def _ranks(gains: Sequence[float]) -> list[int]:
    """Return, for each gain, the number of greater ones."""
    best_first = sorted(gains, reverse=True)
    first = {gain: place for place, gain in reversed([*enumerate(best_first)])}
    return [first[gain] for gain in gains]


def _source(name: str) -> float:
    """Return the bucket of a proposer; -1 for a language model.

    There are no answers of language models in the training data, and the trees treat a value outside of all buckets as
    unknown.
    """
    return -1.0 if name.startswith("model:") else bucket(name)
