"""What the features of Python's changes say in words, for explanations of a score."""

from __future__ import annotations

from quickfix_ls.ranking.explain import TopicWords, Values, counted, proposer_words, removed_words


def _name(values: Values, helps: bool) -> str:
    distance = round(values["name_distance"])
    return f"the names differ by {counted(distance, 'letter')}" if distance > 0 else ""


def _use_of_name(values: Values, helps: bool) -> str:
    if values["name_distance"] < 0:
        return ""
    if values["name_unread"]:
        return "nothing reads the name so far"
    times = round(2 ** values["name_count"] - 1)
    return f"the name occurs {counted(times, 'time')} nearby" if times else "the name occurs nowhere nearby"


def _import(values: Values, helps: bool) -> str:
    times = round(2 ** values["popularity"] - 1)
    return f"an import that is seen {counted(times, 'time')} in other code" if times else ""


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
    return f"the name is undefined in {counted(times, 'place')}" if times > 1 else "the only place that reads it"


def _strings(values: Values, helps: bool) -> str:
    if values["odd_strings"] or values["edge_quotes"]:
        return "a string keeps a lone quote or bracket"
    if values["quoted_names"]:
        return "it quotes what is a name elsewhere"
    return "no string is left odd" if values["odd_strings_before"] else ""


def _text_of_strings(values: Values, helps: bool) -> str:
    grown = round(values["string_chars"])
    return (
        f"strings and comments {'grow' if grown > 0 else 'shrink'} by {counted(abs(grown), 'character')}"
        if grown
        else ""
    )


def _headers(values: Values, helps: bool) -> str:
    headers = round(values["headers"])
    return f"{counted(abs(headers), 'header')} {'made whole' if headers > 0 else 'broken up'}" if headers else ""


def _undefined(values: Values, helps: bool) -> str:
    names = round(max(values["new_undefined"], values["fresh_names"]))
    return f"{counted(names, 'name')} not seen before" if names > 0 else "no unknown name"


_UNMEANT = ("idle_statements", "odd_tuples", "annotations", "called_constants", "odd_values", "atom_groups")


def _sense(values: Values, helps: bool) -> str:
    odd = sum(max(0.0, values.get(name, 0.0)) for name in _UNMEANT)
    return "it leaves code that is seldom meant" if odd else "every statement has an effect"


def _brackets(values: Values, helps: bool) -> str:
    return "the lines do not fit the brackets" if values["odd_lines"] > 0 else "the indentation fits the brackets"


TOPICS: dict[str, TopicWords] = {
    "headers": _headers, "content_removed": removed_words, "literals_removed": removed_words,
    "keywords_removed": removed_words, "statements_removed": removed_words, "strays_removed": removed_words,
    "odd_strings": _strings, "odd_strings_before": _strings, "edge_quotes": _strings, "usual_quotes": _strings,
    "known_strings": _strings, "quoted_names": _strings, "string_chars": _text_of_strings, "fresh_names": _undefined,
    "new_undefined": _undefined, "idle_statements": _sense, "odd_tuples": _sense, "annotations": _sense,
    "called_constants": _sense, "odd_lines": _brackets, "atom_groups": _sense, "idle_groups": _brackets,
    "odd_values": _sense, "name_distance": _name, "name_ratio": _name, "name_length": _name, "same_initial": _name,
    "name_rivals": _name, "name_count": _use_of_name, "name_gap": _use_of_name, "name_origin": _use_of_name,
    "name_unread": _use_of_name, "names_unread": _use_of_name, "popularity": _import, "known_import": _import,
    "import_known": _from_module, "module_imported": _from_module, "package_imported": _from_module,
    "import_alike": _from_module, "import_kin": _from_module, "import_order": _from_module, "fix_way": proposer_words,
    "name_done": _fit, "name_place": _fit, "name_style": _fit, "style_agrees": _fit, "name_fit": _fit,
    "target_kind": _fit, "attribute_known": _fit, "attribute_shared": _fit, "call_shared": _fit,
    "keyword_shared": _fit, "recursive": _fit, "is_alias": _fit, "sibling_parameter": _fit, "same_statement": _fit,
    "member_stored": _use_of_name, "has_member": _use_of_name, "new_attribute": _use_of_name, "name_uses": _uses,
    "uses_changed": _uses, "use_functions": _uses, "name_as_member": _uses, "name_elsewhere": _uses,
    "words_shared": _kinship, "contained": _kinship, "plural": _kinship, "nearest_name": _name, "old_known": _kinship,
    "new_known": _kinship, "known_use": _fit, "name_bound": _uses, "import_certainty": _import,
    "import_rivals": _import, "import_share": _import, "import_standard": _import, "import_depth": _from_module,
    "import_beside": _from_module, "import_listed": _from_module, "module_kin": _from_module, "rename_rivals": _name,
    "attributes_shared": _fit, "in_super": _fit,
}  # fmt: skip
"""The topic of each feature of Python's own, and of the shared ones that mean more here."""
