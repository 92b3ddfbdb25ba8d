"""What the features of SQL's changes say in words, for explanations of a score."""

from __future__ import annotations

from quickfix_ls.ranking.explain import TopicWords, Values, counted, removed_words


def _likeness(values: Values, helps: bool) -> str:
    distance = round(values["name_distance"])
    if distance < 0:
        return ""
    if 0 < distance <= 2:
        return f"the names differ by {counted(distance, 'letter')}"
    return "the names are alike" if values["name_likeness"] > 0.6 else "the names are not alike"


def _rivals(values: Values, helps: bool) -> str:
    rivals = round(values["name_rivals"])
    return f"{counted(rivals, 'other name')} as near" if rivals else "no other name is as near"


def _sources(values: Values, helps: bool) -> str:
    if values["joins_added"] > 0:
        return "a table more is read"
    if values["tables_changed"] > 0:
        return "another table is read"
    return "the join compares these columns" if values["equated"] else "the tables stay the same"


def _errors(values: Values, helps: bool) -> str:
    left = round(values["errors_left"])
    return f"{counted(left, 'name')} left unknown" if left else "every name is known afterwards"


def _hint(values: Values, helps: bool) -> str:
    return "the database suggests it" if values["hint_rank"] >= 0 else ""


def _type(values: Values, helps: bool) -> str:
    fits = values["type_fits"]
    return "the type fits the comparison" if fits > 0 else "the type does not fit the comparison" if fits < 0 else ""


TOPICS: dict[str, TopicWords] = {
    "content_removed": removed_words,
    "literals_removed": removed_words,
    "keywords_removed": removed_words,
    "strays_removed": removed_words,
    "name_code": _errors,
    "name_likeness": _likeness,
    "name_words": _likeness,
    "name_distance": _likeness,
    "name_length": _likeness,
    "name_lead": _rivals,
    "name_rivals": _rivals,
    "name_elsewhere": _sources,
    "name_again": _rivals,
    "names_changed": _errors,
    "qualifier_changed": _sources,
    "source_place": _sources,
    "equated": _sources,
    "joins_added": _sources,
    "tables_changed": _sources,
    "hint_rank": _hint,
    "errors_left": _errors,
    "errors_fewer": _errors,
    "type_fits": _type,
}
"""The topic of each feature of SQL's own."""
