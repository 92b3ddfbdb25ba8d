"""Explain a candidate's score in one line of plain words, from the contribution of each feature.

Related features form a topic: their contributions are added up, and one phrase describes their values. A new feature
needs its topic, in TOPICS if all languages have it, else in its language; `tests/ranking/test_explain.py` checks this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

Values = Mapping[str, float]
TopicWords = Callable[[Values, bool], str]
"""The function of a topic: takes a row of features and whether they count in the candidate's favour; returns a phrase,
empty if there is nothing to say."""

NO_TOPICS: Mapping[str, TopicWords] = {}
_MAX_REASONS = 3
_MIN_DOUBT = 0.5
"""A reason against a candidate is stated if it weighs at least this share of the first reason for it."""


@runtime_checkable
class Explaining(Protocol):
    """A selector that can compute the contribution of each feature."""

    @property
    def features(self) -> Sequence[str]:
        """The names of its features."""
        ...

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return each feature's contribution to one candidate's score, in log-odds, in the order of the features."""
        ...


def explain(selector: object, steps: Sequence[Sequence[float]], own: Mapping[str, TopicWords] = NO_TOPICS) -> str:
    """Explain the score of a repair; `steps` are the feature rows of its steps, `own` the topics of its language.

    For a repair of several steps, the step with the lowest score is explained. Returns an empty string if the selector
    uses no features.
    """
    if not isinstance(selector, Explaining) or not steps:
        return ""
    contributed = [selector.contributions(row) for row in steps]
    weakest = min(range(len(steps)), key=lambda index: sum(contributed[index]))
    words = in_words(dict(zip(selector.features, steps[weakest], strict=True)), contributed[weakest], own)
    return f"{len(steps)} steps; of the least sure one: {words}" if len(steps) > 1 else words


def in_words(values: Values, contributions: Sequence[float], own: Mapping[str, TopicWords] = NO_TOPICS) -> str:
    """Describe the topics that weigh most for a candidate, and the topic that weighs most against it."""
    weights: dict[TopicWords, float] = {}
    for name, contribution in zip(values, contributions, strict=True):
        topic = own.get(name) or TOPICS.get(name)
        if topic is not None:
            weights[topic] = weights.get(topic, 0.0) + contribution
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    likely = [(topic, weight) for topic, weight in ranked if weight > 0 and topic(values, True)]
    doubts = [(topic, -weight) for topic, weight in reversed(ranked) if weight < 0 and topic(values, False)]
    reasons = [topic(values, True) for topic in _most_telling([topic for topic, _ in likely])]
    if doubts and doubts[0][1] >= _MIN_DOUBT * (likely[0][1] if likely else 0.0):
        doubt = doubts[0][0](values, False)
        reasons.append(f"but {doubt}" if reasons else doubt)
    return ", ".join(reasons)


def _most_telling(topics: Sequence[TopicWords]) -> list[TopicWords]:
    """Return the first few topics, with at most one of the general ones, which comes last."""
    general = [topic for topic in topics if topic in _GENERAL][:1]
    particular = [topic for topic in topics if topic not in _GENERAL]
    return (particular[: _MAX_REASONS - len(general)] + general)[:_MAX_REASONS]


def _size(values: Values, helps: bool) -> str:
    characters = round(max(values["chars_added"], values["chars_removed"]))
    places = round(values["edits"])
    if not characters:
        return "only white space changes"
    change = "one-character change" if characters == 1 else f"{characters} characters change"
    return f"{change} in {places} places" if places > 1 else change


def _indentation(values: Values, helps: bool) -> str:
    lines = round(values["lines_moved"])
    return f"the indentation of {counted(lines, 'line')} changes" if lines else ""


def _votes(values: Values, helps: bool) -> str:
    votes = round(values["votes"])
    return f"{votes} proposers agree" if votes > 1 else "a single proposer"


def _rivals(values: Values, helps: bool) -> str:
    rivals = round(values["rivals"])
    return f"one of {rivals} candidates" if rivals > 1 else "the only candidate"


def proposer_words(values: Values, helps: bool) -> str:
    return f"this kind of fix is {'often' if helps else 'seldom'} right"


def _error(values: Values, helps: bool) -> str:
    return f"{'usual' if helps else 'unusual'} for this error"


def _complete(values: Values, helps: bool) -> str:
    return "the error is gone" if values["complete"] else "a further error is left below"


def _misfits(values: Values, helps: bool) -> str:
    if values["misfits"]:
        return "it leaves neighbours that no program has side by side"
    return "no neighbours are left that cannot stand side by side" if values["misfits_before"] else ""


def _tokens(values: Values, helps: bool) -> str:
    return "a usual change of signs and words" if helps else "an unusual change of signs and words"


def _place(values: Values, helps: bool) -> str:
    return f"in a place where it is {'often' if helps else 'seldom'} right"


def _distance(values: Values, helps: bool) -> str:
    lines, tokens = round(values["lines_away"]), round(values["tokens_away"])
    if lines:
        return f"{counted(abs(lines), 'line')} {'above' if lines < 0 else 'below'} the error"
    if values["at_start"] or values["at_end"] or not tokens:
        return "right at the error"
    return f"{counted(abs(tokens), 'token')} {'before' if tokens < 0 else 'after'} the error"


def _plausibility(values: Values, helps: bool) -> str:
    if helps and not values["gain_rank"]:
        return "the most natural code of all candidates"
    return "it reads like usual code" if helps else "it reads unlike usual code"


def _quoting(values: Values, helps: bool) -> str:
    return "it quotes what is a name elsewhere" if values["quoted_names"] else ""


def _echo(values: Values, helps: bool) -> str:
    return "the code says the same elsewhere" if values["echo_after"] > 0 else "nothing like it stands elsewhere"


def _operands(values: Values, helps: bool) -> str:
    gone = round(values["operands_removed"])
    return f"{counted(gone, 'name or value', 'names or values')} removed" if gone > 0 else "no name or value is lost"


def removed_words(values: Values, helps: bool) -> str:
    gone, strays = round(values["content_removed"]), round(values["strays_removed"])
    if gone:
        return f"{counted(gone, 'word')} of the code removed"
    return f"{counted(strays, 'stray word')} removed" if strays else "all content is kept"


TOPICS: dict[str, TopicWords] = {
    "source": proposer_words, "error": _error, "votes": _votes, "order": proposer_words, "rivals": _rivals,
    "complete": _complete, "edits": _size, "tokens_added": _size, "tokens_removed": _size, "chars_added": _size,
    "chars_removed": _size, "lines_moved": _indentation, "columns_moved": _indentation, "error_after": _complete,
    "error_again": _complete, "error_gap": _complete, "added": _tokens, "removed": _tokens, "before": _place,
    "after": _place, "before2": _place, "after2": _place, "line_head": _place, "line_tail": _place,
    "problem_token": _error, "at_start": _distance, "at_end": _distance, "lines_away": _distance,
    "tokens_away": _distance, "tokens_from_end": _distance, "at_line_end": _place, "at_line_start": _place,
    "depth": _place, "similarity": _size, "echo": _echo, "echo_after": _echo, "misfits": _misfits,
    "misfits_before": _misfits, "operands_removed": _operands, "known_strings": _quoting, "quoted_names": _quoting,
    "gain": _plausibility, "gain_lead": _plausibility, "gain_rank": _plausibility, "line_bits": _plausibility,
    "worst_bits": _plausibility, "changed_bits": _plausibility, "changed_tokens": _size,
}  # fmt: skip
"""The topic of each shared feature; a language has those of its own (`Measures.topics`)."""


_GENERAL = (proposer_words, _error, _tokens, _place)
"""Topics of hashed categories: their phrases say only whether the category counts for or against the candidate."""


def counted(number: int, noun: str, nouns: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or noun + 's'}"
