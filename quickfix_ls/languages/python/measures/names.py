"""Features of a change that gives an undefined or wrong name another spelling, or imports it: how near the names are,
and where the new one occurs."""

from __future__ import annotations

import math

from rapidfuzz.distance import OSA, Indel

from quickfix_ls.languages.python.fixers.import_ways import way_of
from quickfix_ls.languages.python.fixers.name_context import importable_of, visible_of
from quickfix_ls.ranking.measures import Changed, bucket


def name_measures(changed: Changed) -> dict[str, float]:
    """Return the features that compare the old name with the new one."""
    context, change = changed.group.context, changed.change
    old = context.problem.name
    none = {
        "name_distance": -1, "name_ratio": 0, "name_length": len(old), "name_count": 0,
        "name_gap": 1000, "name_origin": bucket(""), "name_rivals": 0, "same_initial": 0, "popularity": 0,
        "name_unread": 0, "names_unread": 0,
    }  # fmt: skip
    if not old:
        return none
    way = way_of(context, change.candidate.edits) if context.problem.code == "NameError" else None
    if way is not None or (change.outside and not change.inside):
        added = change.candidate.edits[0].text.strip(", \t\r\n\\")
        popularity = max((known.popularity for known in importable_of(context) if added in known.statement), default=0)
        popularity = way.popularity if way is not None else popularity
        return {**none, "popularity": math.log2(1 + popularity), "name_origin": bucket("import")}
    new = change.inside[0].text if change.inside else ""
    target = new.rsplit(".", 1)[-1]
    known = next((visible for visible in visible_of(context) if visible.name == target), None)
    distance = OSA.distance(old, target)
    nearer = sum(
        OSA.distance(old, visible.name, score_cutoff=distance) <= distance and visible.name != target
        for visible in visible_of(context)
    )
    return {
        "name_distance": distance,
        "name_ratio": Indel.normalized_similarity(old.lower(), target.lower()),
        "name_length": len(old),
        "name_count": math.log2(1 + (known.count if known else 0)),
        "name_gap": min(known.distance if known else 1000, 1000),
        "name_origin": bucket(known.origin if known else "?"),
        "name_rivals": min(nearer, 50),
        "same_initial": float(old[:1].lower() == target[:1].lower()),
        "popularity": 0,
        "name_unread": known is not None and known.unread,
        "names_unread": sum(visible.unread for visible in visible_of(context)),
    }
