"""Explain a candidate's score in one line of plain words, from the contribution of each feature.

Related features form a topic: their contributions are added up, and one phrase describes their values. A new feature
needs its topic in TOPICS; `tests/ranking/test_explain.py` checks this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

Values = Mapping[str, float]
TopicWords = Callable[[Values, bool], str]
"""The function of a topic: takes a row of features and whether they count in the candidate's favour; returns a phrase,
empty if there is nothing to say."""

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


def explain(selector: object, steps: Sequence[Sequence[float]]) -> str:
    """Explain the score of a repair; `steps` are the feature rows of its steps.

    For a repair of several steps, the step with the lowest score is explained. Returns an empty string if the selector
    uses no features.
    """
    if not isinstance(selector, Explaining) or not steps:
        return ""
    contributed = [selector.contributions(row) for row in steps]
    weakest = min(range(len(steps)), key=lambda index: sum(contributed[index]))
    words = in_words(dict(zip(selector.features, steps[weakest], strict=True)), contributed[weakest])
    return f"{len(steps)} steps; of the least sure one: {words}" if len(steps) > 1 else words


def in_words(values: Values, contributions: Sequence[float]) -> str:
    """Describe the topics that weigh most for a candidate, and the topic that weighs most against it."""
    weights: dict[TopicWords, float] = {}
    for name, contribution in zip(values, contributions, strict=True):
        if name in TOPICS:
            topic = TOPICS[name]
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
    return f"the indentation of {_count(lines, 'line')} changes" if lines else ""


def _name(values: Values, helps: bool) -> str:
    distance = round(values["name_distance"])
    return f"the names differ by {_count(distance, 'letter')}" if distance > 0 else ""


def _use_of_name(values: Values, helps: bool) -> str:
    if values["name_distance"] < 0:
        return ""
    if values["name_unread"]:
        return "nothing reads the name so far"
    times = round(2 ** values["name_count"] - 1)
    return f"the name occurs {_count(times, 'time')} nearby" if times else "the name occurs nowhere nearby"


def _import(values: Values, helps: bool) -> str:
    times = round(2 ** values["popularity"] - 1)
    return f"an import that is seen {_count(times, 'time')} in other code" if times else ""


def _fit(values: Values, helps: bool) -> str:
    if values["name_fit"] > 0 or values["attribute_known"] > 0:
        return "what it names is used so"
    return f"used so {'often' if helps else 'seldom'}"


def _kinship(values: Values, helps: bool) -> str:
    return "the names have words in common" if values["words_shared"] else f"{'' if helps else 'un'}like names"


def _from_module(values: Values, helps: bool) -> str:
    if values["import_known"] >= 3:
        return "the file imports it elsewhere"
    return "the file imports from there" if values["module_imported"] else "an import as others are"


def _uses(values: Values, helps: bool) -> str:
    times = round(2 ** values["name_uses"])
    return f"the name is undefined in {_count(times, 'place')}" if times > 1 else "the only place that reads it"


def _votes(values: Values, helps: bool) -> str:
    votes = round(values["votes"])
    return f"{votes} proposers agree" if votes > 1 else "a single proposer"


def _rivals(values: Values, helps: bool) -> str:
    rivals = round(values["rivals"])
    return f"one of {rivals} candidates" if rivals > 1 else "the only candidate"


def _proposer(values: Values, helps: bool) -> str:
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
        return f"{_count(abs(lines), 'line')} {'above' if lines < 0 else 'below'} the error"
    if values["at_start"] or values["at_end"] or not tokens:
        return "right at the error"
    return f"{_count(abs(tokens), 'token')} {'before' if tokens < 0 else 'after'} the error"


def _plausibility(values: Values, helps: bool) -> str:
    if helps and not values["gain_rank"]:
        return "the most natural code of all candidates"
    return "it reads like usual code" if helps else "it reads unlike usual code"


def _strings(values: Values, helps: bool) -> str:
    if values["odd_strings"] or values["edge_quotes"]:
        return "a string keeps a lone quote or bracket"
    if values["quoted_names"]:
        return "it quotes what is a name elsewhere"
    return "no string is left odd" if values["odd_strings_before"] else ""


def _text_of_strings(values: Values, helps: bool) -> str:
    grown = round(values["string_chars"])
    return (
        f"strings and comments {'grow' if grown > 0 else 'shrink'} by {_count(abs(grown), 'character')}"
        if grown
        else ""
    )


def _echo(values: Values, helps: bool) -> str:
    return "the code says the same elsewhere" if values["echo_after"] > 0 else "nothing like it stands elsewhere"


def _headers(values: Values, helps: bool) -> str:
    headers = round(values["headers"])
    return f"{_count(abs(headers), 'header')} {'made whole' if headers > 0 else 'broken up'}" if headers else ""


def _operands(values: Values, helps: bool) -> str:
    gone = round(values["operands_removed"])
    return f"{_count(gone, 'name or value', 'names or values')} removed" if gone > 0 else "no name or value is lost"


def _removed(values: Values, helps: bool) -> str:
    gone, strays = round(values["content_removed"]), round(values["strays_removed"])
    if gone:
        return f"{_count(gone, 'word')} of the code removed"
    return f"{_count(strays, 'stray word')} removed" if strays else "all content is kept"


def _undefined(values: Values, helps: bool) -> str:
    names = round(max(values["new_undefined"], values["fresh_names"]))
    return f"{_count(names, 'name')} not seen before" if names > 0 else "no unknown name"


_UNMEANT = ("idle_statements", "odd_tuples", "annotations", "called_constants", "odd_values", "atom_groups")


def _sense(values: Values, helps: bool) -> str:
    odd = sum(max(0.0, values.get(name, 0.0)) for name in _UNMEANT)
    return "it leaves code that is seldom meant" if odd else "every statement has an effect"


def _brackets(values: Values, helps: bool) -> str:
    return "the lines do not fit the brackets" if values["odd_lines"] > 0 else "the indentation fits the brackets"


TOPICS: dict[str, TopicWords] = {
    "source": _proposer, "error": _error, "votes": _votes, "order": _proposer, "rivals": _rivals,
    "complete": _complete, "error_after": _complete, "error_again": _complete, "error_gap": _complete,
    "misfits": _misfits, "misfits_before": _misfits,
    "edits": _size, "tokens_added": _size, "tokens_removed": _size, "chars_added": _size, "chars_removed": _size,
    "similarity": _size, "changed_tokens": _size,
    "lines_moved": _indentation, "columns_moved": _indentation,
    "added": _tokens, "removed": _tokens, "problem_token": _error,
    "before": _place, "after": _place, "before2": _place, "after2": _place, "line_head": _place, "line_tail": _place,
    "at_line_end": _place, "at_line_start": _place, "depth": _place,
    "at_start": _distance, "at_end": _distance, "lines_away": _distance, "tokens_away": _distance,
    "tokens_from_end": _distance,
    "echo": _echo, "echo_after": _echo, "headers": _headers, "operands_removed": _operands,
    "content_removed": _removed, "literals_removed": _removed, "keywords_removed": _removed,
    "statements_removed": _removed, "strays_removed": _removed,
    "gain": _plausibility, "gain_lead": _plausibility, "gain_rank": _plausibility, "line_bits": _plausibility,
    "worst_bits": _plausibility, "changed_bits": _plausibility,
    "odd_strings": _strings, "odd_strings_before": _strings, "edge_quotes": _strings, "usual_quotes": _strings,
    "known_strings": _strings, "quoted_names": _strings, "string_chars": _text_of_strings,
    "fresh_names": _undefined, "new_undefined": _undefined,
    "idle_statements": _sense, "odd_tuples": _sense, "annotations": _sense, "called_constants": _sense,
    "odd_lines": _brackets, "atom_groups": _sense, "idle_groups": _brackets, "odd_values": _sense,
    "name_distance": _name, "name_ratio": _name, "name_length": _name, "same_initial": _name, "name_rivals": _name,
    "name_count": _use_of_name, "name_gap": _use_of_name, "name_origin": _use_of_name,
    "name_unread": _use_of_name, "names_unread": _use_of_name, "popularity": _import,
    "known_import": _import, "import_known": _from_module, "module_imported": _from_module,
    "package_imported": _from_module, "import_alike": _from_module, "import_kin": _from_module,
    "import_order": _from_module,
    "fix_way": _proposer, "name_done": _fit, "name_place": _fit, "name_style": _fit, "style_agrees": _fit,
    "name_fit": _fit, "target_kind": _fit, "attribute_known": _fit, "attribute_shared": _fit, "call_shared": _fit,
    "keyword_shared": _fit, "recursive": _fit, "is_alias": _fit, "sibling_parameter": _fit, "same_statement": _fit,
    "member_stored": _use_of_name, "has_member": _use_of_name, "new_attribute": _use_of_name,
    "name_uses": _uses, "uses_changed": _uses, "use_functions": _uses, "name_as_member": _uses,
    "name_elsewhere": _uses,
    "words_shared": _kinship, "contained": _kinship, "plural": _kinship, "nearest_name": _name,
    "old_known": _kinship, "new_known": _kinship, "known_use": _fit,
    "name_bound": _uses, "import_certainty": _import, "import_rivals": _import, "import_share": _import,
    "import_standard": _import, "import_depth": _from_module, "import_beside": _from_module,
    "import_listed": _from_module, "module_kin": _from_module, "rename_rivals": _name, "attributes_shared": _fit,
    "in_super": _fit,
}  # fmt: skip
"""The topic of each feature."""


_GENERAL = (_proposer, _error, _tokens, _place)
"""Topics of hashed categories: their phrases say only whether the category counts for or against the candidate."""


def _count(number: int, noun: str, nouns: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or noun + 's'}"
