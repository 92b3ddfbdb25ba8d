"""Check that a text in LightGBM's format is safe to pass to LightGBM. Its parser trusts the numbers that it reads: a
wrong size, or an invalid child index, makes it read invalid memory or loop for ever.

The format is that of LightGBM's `Tree::ToString` and `GBDT::SaveModelToString`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

_END = b"end of trees"
_CATEGORICAL = 1
_LINEAR = ("0", "")


def check_trees(text: bytes) -> None:
    """Check the sizes and indices of all trees. Raises ValueError, which says what is wrong, if they are not valid."""
    if not text.startswith(b"tree\n") or _END not in text:
        raise ValueError("it is not a model of LightGBM")
    head, _, rest = text.partition(b"\n\n")
    stated = _fields(head.decode("ascii", "replace"))
    features = _number(stated, "max_feature_idx") + 1
    # LightGBM separates the head from the trees by an empty line, or by two.
    rest = rest.lstrip(b"\n")
    sizes = _numbers(stated, "tree_sizes")
    position = 0
    for number, size in enumerate(sizes):
        block = rest[position : position + max(size, 0)].decode("ascii", "replace")
        if not block.startswith(f"Tree={number}\n"):
            raise ValueError(f"tree {number} is not where its sizes say")
        _check_tree(_fields(block), features, f"tree {number}")
        position += size
    if not rest[position:].startswith(_END):
        raise ValueError("its trees don't have the sizes that it states")


def _check_tree(tree: Mapping[str, str], features: int, name: str) -> None:
    leaves = _number(tree, "num_leaves")
    if leaves < 1 or tree.get("is_linear", "0") not in _LINEAR:
        raise ValueError(f"{name} has no leaves, or linear ones")
    values = [float(value) for value in tree.get("leaf_value", "").split()]
    if len(values) != leaves or not all(map(math.isfinite, values)):
        raise ValueError(f"{name} does not have a finite value for each leaf")
    if leaves == 1:
        return
    nodes = leaves - 1
    used, kinds, thresholds = (tree.get(key, "").split() for key in ("split_feature", "decision_type", "threshold"))
    left, right = _numbers(tree, "left_child"), _numbers(tree, "right_child")
    if any(len(column) != nodes for column in (used, kinds, thresholds, left, right)):
        raise ValueError(f"{name} does not have a rule for each node")
    if not all(0 <= int(feature) < features for feature in used):
        raise ValueError(f"{name} looks at a feature that there is not")
    # A negative child is the complement of a leaf index; a child node has a higher number, so there can be no cycle.
    for node, child in (*enumerate(left), *enumerate(right)):
        if not (node < child < nodes or 0 <= ~child < leaves):
            raise ValueError(f"{name} has a child that is no node below it")
    rules = zip(thresholds, kinds, strict=True)
    _check_categories(tree, [float(threshold) for threshold, kind in rules if int(kind) & _CATEGORICAL], name)


def _check_categories(tree: Mapping[str, str], chosen: list[float], name: str) -> None:
    """Check that each categorical rule's threshold is the index of a bit set, and that the sets are contiguous."""
    count = _number(tree, "num_cat")
    bounds, bits = _numbers(tree, "cat_boundaries"), tree.get("cat_threshold", "").split()
    if not count and not chosen:
        return
    rising = len(bounds) == count + 1 and bounds[0] == 0 and all(low < high for low, high in pairwise(bounds))
    if not rising or bounds[-1] != len(bits) or not all(0 <= index < count and index == int(index) for index in chosen):
        raise ValueError(f"{name} has sets of categories that don't fit its rules")


def _fields(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.split("\n") if "=" in line)


def _number(fields: Mapping[str, str], key: str) -> int:
    if key not in fields:
        raise ValueError(f"it does not state {key}")
    return int(fields[key])


def _numbers(fields: Mapping[str, str], key: str) -> list[int]:
    return [int(number) for number in fields.get(key, "").split()]
