"""Features of a fix of an undefined name: what kind of fix it is, how the code uses the name, and whether what is put
in its place, or imported, is known to be used so."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from quickfix_ls.context import Context
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import facts_of, names_in
from quickfix_ls.languages.python.fixers.file_imports import (
    alike,
    imports_of,
    kinship,
    members_by_module,
    style_of,
    ways_in_file,
)
from quickfix_ls.languages.python.fixers.import_ways import import_ways, way_of
from quickfix_ls.languages.python.fixers.name_context import importable_of, imported_of, visible_of
from quickfix_ls.languages.python.fixers.name_fits import fit_of, readers_of
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of, places_of, target_of
from quickfix_ls.languages.python.members.common_words import is_word
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.names.usage import Usage, usages
from quickfix_ls.languages.python.project.importable import Importable
from quickfix_ls.languages.python.project.stdlib_history import existed
from quickfix_ls.ranking.features import Feature, category
from quickfix_ls.ranking.measures import Changed, bucket

FEATURES: tuple[Feature, ...] = (
    category("fix_way", "import, extended import, rename, self, qualified, or other"),
    category("name_done", "what the code does with the undefined name: call, attribute, subscript"),
    category("name_place", "of which part of a statement it is: raise, except, base, argument"),
    category("name_style", "how the undefined name is written: class, constant, name"),
    Feature("style_agrees", "the new name is written likewise", "flag", -1, 1),
    Feature("name_fit", "the new name is known to be of the right kind (1), or nothing is known (0)", "grade", -1, 1),
    category("target_kind", "what the new name stands for, and what binds it"),
    Feature("name_uses", "undefined reads of the name in the file, log2", "log2", 0, 12),
    Feature("uses_changed", "share of them that the change mends", "ratio", 0, 1),
    Feature("use_functions", "functions that read it undefined, log2", "log2", 0, 12),
    Feature("name_as_member", "attributes of that name in the file, log2(1 + n)", "log2", 0, 12),
    Feature("name_elsewhere", "other places of the file with the name, attributes aside, log2(1 + n)", "log2", 0, 12),
    Feature("known_import", "how common the best known import of the name is, log2(1 + n)", "log2", 0, 20),
    Feature("import_known", "how the import is known: a guess, a table, another place of the file", "grade", 0, 3),
    Feature("module_imported", "names that the file imports from the module, log2(1 + n)", "log2", 0, 12),
    Feature("package_imported", "the file imports from the same package", "flag", 0, 1),
    Feature("import_alike", "share of the names imported from the module that are written likewise", "ratio", -1, 1),
    Feature("import_kin", "likeness of the name to the nearest one from that module", "ratio", 0, 1),
    Feature("import_order", "imports that are likelier by our order", "imports", 0, 20),
    Feature("attribute_known", "what is imported has the attribute that is read (1), or lacks it", "grade", -1, 1),
    Feature("attribute_shared", "the file reads the same attribute from the new name", "flag", 0, 1),
    Feature("call_shared", "the unit calls the new name with as many arguments", "flag", -1, 1),
    Feature("keyword_shared", "the argument that it is passed for is called like the new name (1) or the old one (-1)",
            "grade", -1, 1),
    Feature("words_shared", "words that both names have, of all", "ratio", 0, 1),
    Feature("contained", "one name contains the other: old in new (1), new in old (-1)", "grade", -1, 1),
    Feature("plural", "the names differ by a plural's ending", "flag", 0, 1),
    Feature("is_alias", "the file imports what the undefined name is called under the new name", "flag", 0, 1),
    Feature("recursive", "the new name is a function around the use", "flag", 0, 1),
    Feature("sibling_parameter", "another function has the old name as a parameter where this has the new one",
            "flag", 0, 1),
    Feature("same_statement", "the statement reads the new name already", "flag", 0, 1),
    Feature("member_stored", "the class assigns or defines the member", "flag", 0, 1),
    Feature("has_member", "the class has a member of the undefined name", "flag", 0, 1),
    Feature("nearest_name", "the least distance of a fitting name, by the old name's length", "ratio", 0, 1),
    Feature("old_known", "share of the words of the replaced name that other code uses", "ratio", 0, 1),
    Feature("new_known", "share of the words of the inserted name that other code uses", "ratio", 0, 1),
    Feature("known_use", "a known import of the name has the attribute that is read", "flag", 0, 1),
    Feature("new_attribute", "how often the file writes the qualified name, log2(1 + n)", "log2", 0, 12),
)  # fmt: skip

_NONE = {feature.name: 0.0 for feature in FEATURES}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def evidence_measures(changed: Changed) -> dict[str, float]:
    """Return the features of a fix of an undefined name; of any other problem all are 0."""
    context, change = changed.group.context, changed.change
    if context.problem.code != "NameError" or not context.problem.name:
        return dict(_NONE)
    known = context.derived(_Known)
    way = way_of(context, change.candidate.edits)
    found = {**_NONE, **known.shared}
    if way is not None:
        is_statement = change.candidate.edits[0].text.lstrip().startswith(("import ", "from "))
        return {**found, **_of_import(known, way, is_extended=not is_statement)}
    texts = {edit.text for edit in change.candidate.edits}
    new = next(iter(texts)) if len(texts) == 1 else ""
    spans = {edit.span for edit in change.candidate.edits}
    if new == known.name:
        start, end = change.candidate.edits[0].span.start, change.candidate.edits[0].span.end
        bound = context.snapshot.text[start:end]
        words = {"old_known": _share_known(bound), "new_known": _share_known(new)}
        return {**found, **words, "fix_way": bucket("binding"), "uses_changed": 1.0}
    if known.place.span not in spans or not re.fullmatch(r"[^\W\d][\w.]*", new):
        return {**found, "fix_way": bucket("other")}
    changed_uses = len(spans & known.spans) / max(1, len(known.spans))
    return {**found, "uses_changed": changed_uses, **_of_rename(known, new)}


@dataclass(frozen=True)
class _Known:
    """What all candidates for a name share."""

    context: Context

    @cached_property
    def place(self) -> NamePlace:
        return place_of(self.context)

    @cached_property
    def spans(self) -> frozenset[object]:
        return frozenset(place.span for place in places_of(self.context))

    @cached_property
    def name(self) -> str:
        return self.context.problem.name

    @cached_property
    def usages(self) -> tuple[Usage, ...]:
        region = self.context.index.region(self.place.unit)
        return usages(region.text, region.prefix, region.suffix)

    @cached_property
    def shared(self) -> Mapping[str, float]:
        """The features that don't depend on the candidate."""
        context, name, place = self.context, self.name, self.place
        usage = place.usage
        places = places_of(context)
        text = context.snapshot.text
        words = len(re.findall(rf"(?<![\w.]){re.escape(name)}(?!\w)", text))
        return {
            "name_done": bucket(usage.done if usage is not None else ""),
            "name_place": bucket(usage.place if usage is not None else ""),
            "name_style": bucket(style_of(name) + ("1" if len(name) == 1 else "")),
            "name_uses": math.log2(len(places)),
            "use_functions": math.log2(max(1, len({one.unit for one in places}))),
            "name_as_member": math.log2(1 + text.count(f".{name}")),
            "name_elsewhere": math.log2(1 + max(0, words - len(places))),
            "known_import": math.log2(1 + max((way.popularity for way in importable_of(context)), default=0)),
            "has_member": any(one.origin == "member" and one.name == name for one in visible_of(context)),
            "nearest_name": self.nearest,
            "old_known": _share_known(name),
            "known_use": any(_has_attribute(self, way) > 0 for way in importable_of(context)),
        }

    @cached_property
    def nearest(self) -> float:
        """The least distance of a name that fits, by the length of the undefined one."""
        limit = max(2, len(self.name) // 2)
        distances = [
            OSA.distance(self.name, visible.name, score_cutoff=limit)
            for visible in visible_of(self.context)
            if visible.origin not in ("member", "keyword")
            and abs(len(visible.name) - len(self.name)) <= limit
            and OSA.distance(self.name, visible.name, score_cutoff=limit) <= limit
            and fit_of(self.context, visible.name) >= 0
        ]
        return min(1.0, min(distances, default=len(self.name)) / len(self.name))


def _parameters_of(index: Index) -> tuple[tuple[str, ...], ...]:
    """Return the parameters of the file's functions and methods, without `self`."""
    found: list[tuple[str, ...]] = []
    for unit in range(len(index.cuts)):
        uses = facts_of(index, unit).uses
        found += [parameters for parameters in uses.methods.values() if parameters]
        found += [binding.names for binding in uses.bindings.values() if binding.kind == "function"]
    return tuple(found)


def _of_import(known: _Known, way: Importable, is_extended: bool) -> dict[str, float]:
    context, name = known.context, known.name
    statements = [one for one in imports_of(context.snapshot.text) if one.at_top]
    members = members_by_module(context.snapshot.text).get(way.module, ())
    package = way.module.lstrip(".").partition(".")[0]
    packages = {one.module.partition(".")[0] for one in statements if one.module}
    packages |= {member.partition(".")[0] for one in statements if not one.module for member, _ in one.names}
    order = next((place for place, (other, _) in enumerate(import_ways(context)) if other == way), 20)
    in_file = any(other.statement == way.statement for other in ways_in_file(context))
    return {
        "fix_way": bucket("extended import" if is_extended else "import" if way.member else "import module"),
        "import_known": 3 if in_file else 2 if way.popularity else 0,
        "uses_changed": 1.0,
        "module_imported": math.log2(1 + len(members)),
        "package_imported": package in packages,
        "import_alike": alike(name, members) if members else -1,
        "import_kin": kinship(name, way.module, members),
        "import_order": order,
        "attribute_known": _has_attribute(known, way),
    }


def _has_attribute(known: _Known, way: Importable) -> float:
    usage = known.place.usage
    if usage is None or not usage.attribute:
        return 0
    owner = f"{way.module}.{way.member}" if way.member else way.module
    if not way.member and owner.startswith(f"{way.name}."):
        owner = way.name  # `import a.b` binds `a`
    members = module_members(owner)
    return 0 if members is None else 1 if usage.attribute in members or existed(owner, usage.attribute) else -1


def _of_rename(known: _Known, new: str) -> dict[str, float]:
    context, old, usage = known.context, known.name, known.place.usage
    first, _, rest = new.rpartition(".")
    target = rest if first else new
    old_words, new_words = _words(old), _words(target)
    bound = target_of(context, new) if not first else None
    attribute = usage.attribute if usage is not None else ""
    calls = [one.arguments for one in known.usages if one.name == target and one.done == "call"]
    argued = usage is not None and usage.done == "call" and bool(calls)
    keyword = usage.keyword if usage is not None else ""
    statement = usage.statement if usage is not None else None
    return {
        "fix_way": bucket("self" if first in ("self", "cls") else "qualified" if first else "rename"),
        "style_agrees": 1 if style_of(old) == style_of(target) else -1,
        "name_fit": fit_of(context, new) if not first else 0,
        "target_kind": bucket(f"{bound.kind} {bound.by or _origin(known, new)}" if bound is not None else "dotted"),
        "attribute_shared": bool(attribute) and new in readers_of(context.snapshot.text, attribute),
        "call_shared": (1 if usage is not None and usage.arguments in calls else -1) if argued else 0,
        "keyword_shared": 1 if keyword == target else -1 if keyword and keyword == old else 0,
        "words_shared": len(old_words & new_words) / max(1, len(old_words | new_words)),
        "contained": 1 if old in target else -1 if target in old else 0,
        "new_known": _share_known(target),
        "plural": target + "s" == old or old + "s" == target,
        "is_alias": imported_of(context).get(new, "").rpartition(".")[2] == old,
        "recursive": any(scope.name == new for scope in known.place.functions),
        "sibling_parameter": _is_sibling_parameter(known, target),
        "same_statement": statement is not None
        and any(one.name == new and one.statement == statement for one in known.usages),
        "member_stored": bool(first) and _is_stored(known, target),
        "new_attribute": math.log2(1 + context.snapshot.text.count(new)) if first else 0,
    }


def _origin(known: _Known, name: str) -> str:
    return "file" if names_in(known.context.index).bound[name] else "builtin"


def _is_sibling_parameter(known: _Known, target: str) -> bool:
    """Return whether another function of the file has the undefined name as the parameter of the place where the
    function around has the new one."""
    for own in known.place.functions:
        parameters = own.parameters[1:] if own.parameters[:1] in (("self",), ("cls",)) else own.parameters
        if target in parameters:
            at = parameters.index(target)
            others = known.context.index.derived(_parameters_of)
            return any(other[at : at + 1] == (known.name,) for other in others)
    return False


def _is_stored(known: _Known, member: str) -> bool:
    """Return whether the file stores or defines an attribute of this name in a class."""
    index = known.context.index
    if any(member in facts_of(index, unit).names.members for unit in range(len(index.cuts))):
        return True
    return any(member in facts_of(index, unit).uses.stored for unit in range(len(index.cuts)))


def _share_known(name: str) -> float:
    """Return the share of a name's words that code of the corpus uses; 1 for a name that it uses as a whole."""
    if is_word(name):
        return 1.0
    words = [word.lower() for word in _WORDS.findall(name)]
    return sum(len(word) < 3 or is_word(word) for word in words) / max(1, len(words))


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(name))
