"""Features of how little else can be meant by an undefined name: the rivals of a fix, and what the file shows of it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA, Indel

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_imports import imports_of
from quickfix_ls.languages.python.fixers.import_certainty import certainty, is_variable
from quickfix_ls.languages.python.fixers.import_ways import import_ways, is_standard, way_of
from quickfix_ls.languages.python.fixers.name_context import importable_of, visible_of
from quickfix_ls.languages.python.fixers.name_fits import fit_of, readers_of
from quickfix_ls.languages.python.fixers.name_places import places_of
from quickfix_ls.languages.python.project.importable import Importable
from quickfix_ls.ranking.features import Feature
from quickfix_ls.ranking.measures import Changed

FEATURES: tuple[Feature, ...] = (
    Feature("name_bound", "the file binds the undefined name at another place", "flag", 0, 1),
    Feature("import_certainty", "usual member (1), module whose members are read (2)", "grade", 0, 2),
    Feature("import_rivals", "other imports that may define the name, log2(1 + n)", "log2", 0, 6),
    Feature("import_share", "share of the import among all known imports of the name", "ratio", 0, 1),
    Feature("import_standard", "it is from the standard library", "flag", 0, 1),
    Feature("import_depth", "levels of the module, less those of the file's other imports from the package", "levels",
            -9, 9),
    Feature("import_listed", "a table lists the name in that module (1), or only in others of the package (-1)",
            "grade", -1, 1),
    Feature("import_beside", "modules beside it from which the file imports, log2(1 + n)", "log2", 0, 6),
    Feature("module_kin", "likeness of the name to that of the module", "ratio", 0, 1),
    Feature("rename_rivals", "names that fit and are as near, log2(1 + n)", "log2", 0, 8),
    Feature("attributes_shared", "share of the attributes taken from the old name that are taken from the new", "ratio",
            0, 1),
    Feature("in_super", "the name is the first argument of `super`", "flag", 0, 1),
)  # fmt: skip

_NONE = {feature.name: 0.0 for feature in FEATURES}
_LONGEST = 12
"""The greatest distance of names that are compared."""


def certainty_measures(changed: Changed) -> dict[str, float]:
    """Return the features of a fix of an undefined name; of any other problem all are 0."""
    context, change = changed.group.context, changed.change
    if context.problem.code != "NameError" or not context.problem.name or not change.candidate.edits:
        return dict(_NONE)
    known = context.derived(_Known)
    found = {**_NONE, **known.shared}
    way = way_of(context, change.candidate.edits)
    if way is not None:
        return {**found, **known.of_import(way)}
    texts = {edit.text for edit in change.candidate.edits}
    return {**found, **known.of_rename(next(iter(texts)))} if len(texts) == 1 else found


@dataclass(frozen=True)
class _Known:
    """What all candidates for a name share."""

    context: Context

    @cached_property
    def shared(self) -> Mapping[str, float]:
        start = self.context.problem.span.start
        return {
            "name_bound": is_variable(self.context),
            "in_super": self.context.snapshot.text.endswith("super(", 0, start),
        }

    @cached_property
    def modules(self) -> frozenset[str]:
        """The modules from which the file imports members, or which it imports as a whole, in any of its scopes."""
        statements = imports_of(self.context.snapshot.text)
        whole = {member for one in statements if not one.module for member, _ in one.names}
        return frozenset(one.module for one in statements if one.module) | whole

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that the file takes from the undefined name."""
        usages = (place.usage for place in places_of(self.context))
        return frozenset(usage.attribute for usage in usages if usage is not None and usage.attribute)

    @cached_property
    def distances(self) -> Mapping[str, int]:
        """The names that fit, with their distances from the undefined name."""
        name = self.context.problem.name
        near = (
            (visible.name, OSA.distance(name, visible.name, score_cutoff=_LONGEST))
            for visible in visible_of(self.context)
            if visible.origin not in ("member", "keyword")
        )
        limit = max(3, len(name) // 2)
        return {other: distance for other, distance in near if distance <= limit and fit_of(self.context, other) >= 0}

    def of_import(self, way: Importable) -> dict[str, float]:
        popularity = {other.statement: other.popularity for other in importable_of(self.context)}
        parent, _, last = way.module.rpartition(".")
        package = way.module.lstrip(".").partition(".")[0]
        levels = [module.count(".") for module in self.modules if module.lstrip(".").partition(".")[0] == package]
        beside = [module for module in self.modules if module.rpartition(".")[0] == parent and module != way.module]
        return {
            "import_certainty": ("possible", "usual member", "used module").index(certainty(self.context, way)),
            "import_rivals": math.log2(len(import_ways(self.context)) or 1),
            "import_share": way.popularity / max(1, sum({**popularity, way.statement: way.popularity}.values())),
            "import_standard": is_standard(way),
            "import_depth": way.module.count(".") - statistics.median(levels) if levels else 0,
            "import_listed": self.listed(way),
            "import_beside": math.log2(1 + len(beside)),
            "module_kin": Indel.normalized_similarity(_letters(way.name), _letters(last)),
        }

    def listed(self, way: Importable) -> float:
        """Return 1 if the tables know the module to have the name, -1 if they know only other modules of its package
        to have it, and 0 if they know nothing of it."""
        modules = [other.module for other in importable_of(self.context) if other.member]
        if way.module in modules:
            return 1
        package = way.module.partition(".")[0]
        return -1 if package and any(module.partition(".")[0] == package for module in modules) else 0

    def of_rename(self, new: str) -> dict[str, float]:
        name = self.context.problem.name
        distance = OSA.distance(name, new, score_cutoff=_LONGEST)
        rivals = sum(other != new and near <= distance for other, near in self.distances.items())
        text = self.context.snapshot.text
        shared = sum(new in readers_of(text, attribute) for attribute in self.attributes)
        return {
            "rename_rivals": math.log2(1 + rivals),
            "attributes_shared": shared / max(1, len(self.attributes)),
        }


def _letters(name: str) -> str:
    return name.replace("_", "").lower()
