"""What the reward model sees of a candidate: one row of numbers, the same in training and in serving.

A feature is added here, and nowhere else; a model that was trained on other features is refused (see `loader`).
Categories (of texts, sources, messages) are hashed into BUCKETS buckets, so that a new fixer needs no list.
"""

from __future__ import annotations

import ast
import math
import re
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import CLOSERS, OPENERS, Token, lex
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.validation.change import Change

BUCKETS = 64


@dataclass(frozen=True, slots=True)
class Feature:
    """`unit` says what one is, `low` and `high` its range; `category` marks hashed buckets without an order."""

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    category: bool = False


def _bucket(name: str, meaning: str) -> Feature:
    return Feature(name, meaning, "bucket", 0, BUCKETS - 1, category=True)


FEATURES: tuple[Feature, ...] = (
    _bucket("source", "who proposed it first"),
    _bucket("error", "the error's type and message, names left out"),
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
    _bucket("added", "the first token that is added"),
    _bucket("removed", "the first token that is removed"),
    _bucket("before", "the token before the first edit"),
    _bucket("after", "the token after the first edit"),
    Feature("lines_away", "from the problem to the first edit", "lines", -100, 100),
    Feature("tokens_away", "from the problem to the first edit", "tokens", -200, 200),
    Feature("at_line_end", "nothing but a comment follows in the line", "flag", 0, 1),
    Feature("at_line_start", "nothing but white space stands before it in the line", "flag", 0, 1),
    Feature("depth", "brackets that are open where the first edit is", "brackets", 0, 20),
    Feature("similarity", "of the lines before and after, Indel ratio", "ratio", 0, 1),
    Feature("gain", "how much likelier the language model finds the text", "bits", -200, 200),
    Feature("gain_lead", "by how much it leads the best other candidate, or trails it", "bits", -200, 200),
    Feature("line_bits", "plausibility of the edited lines afterwards, per token", "bits", -20, 0),
    Feature("worst_bits", "the least likely token of the edited lines afterwards", "bits", -40, 0),
    Feature("new_undefined", "names that are undefined afterwards, or not told apart before", "names", 0, 50),
    Feature("idle_statements", "expression statements without effect afterwards (`a == b` as a line)", "statements", 0, 50),
    Feature("odd_tuples", "tuples without brackets in a statement's value", "tuples", 0, 50),
    Feature("annotations", "annotated names without a value (`x: y`)", "statements", 0, 50),
    Feature("called_constants", "strings and numbers that are called or subscripted by a name", "places", 0, 20),
    Feature("name_distance", "edits between the old name and the new one, OSA; -1 where no name is replaced", "edits", -1, 30),
    Feature("name_ratio", "similarity of the two names, upper and lower case alike", "ratio", 0, 1),
    Feature("name_length", "of the old name", "characters", 0, 80),
    Feature("name_count", "occurrences of the new name in the region, log2(1 + n)", "log2", 0, 12),
    Feature("name_gap", "lines to its nearest occurrence", "lines", 0, 1000),
    _bucket("name_origin", "where the new name comes from"),
    Feature("name_rivals", "visible names that are as near or nearer", "names", 0, 50),
    Feature("same_initial", "the first letters agree", "flag", 0, 1),
    Feature("popularity", "how common an import is in the corpus, log2(1 + n)", "log2", 0, 20),
)  # fmt: skip
FEATURE_NAMES = tuple(feature.name for feature in FEATURES)


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate that passed validation (or moves on), with who else proposed it and when."""

    change: Change
    sources: tuple[str, ...]
    order: int


def features(context: Context, group: Sequence[Considered], plausibility: Plausibility) -> list[list[float]]:
    """One row for each candidate of a problem, in the order of FEATURES. Deterministic."""
    judged = [_plausibility(context, one.change, plausibility) for one in group]
    rows = []
    for index, one in enumerate(group):
        gain, line_bits, worst = judged[index]
        others = max((other[0] for i, other in enumerate(judged) if i != index), default=gain)
        row = {
            "source": bucket(one.sources[0]),
            "error": bucket(_error(context)),
            "votes": len(one.sources),
            "order": one.order,
            "rivals": len(group),
            "complete": float(one.change.fault is None),
            "gain": gain,
            "gain_lead": gain - others,
            "line_bits": line_bits,
            "worst_bits": worst,
            **_edit_features(context, one.change),
            **_meaning(one.change),
            **_name_features(context, one.change),
        }
        rows.append([float(row[name]) for name in FEATURE_NAMES])
    return rows


def bucket(text: str) -> float:
    """The bucket of a category; stable over runs and machines."""
    return float(zlib.crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS)


def _error(context: Context) -> str:
    """The error without what is particular to it; messages of CPython 3.10 to 3.14 stay apart."""
    return context.problem.error_type + re.sub(r"'[^']*'|\d+", "_", context.problem.message)


def _plausibility(context: Context, change: Change, model: Plausibility) -> tuple[float, float, float]:
    """(gain, bits per token of the edited lines, bits of their least likely token)."""
    first, last = _line_bounds(change)
    low, high = max(0, first - 200), last + 120
    before = change.before.text[low:high]
    shift = len(change.after.text) - len(change.before.text)
    after = change.after.text[low : high + shift]
    old, new = model.symbols(lex(before)), model.symbols(lex(after))
    head = len(model.symbols(lex(after[: first - low])))
    tail = len(new) - len(model.symbols(lex(after[last + shift - low :])))
    bits = [model.logprob(new, index) for index in range(head, max(tail, head + 1)) if index < len(new)]
    return model.gain(old, new), sum(bits) / len(bits) if bits else 0.0, min(bits, default=0.0)


def _line_bounds(change: Change) -> tuple[int, int]:
    """Start and end, in the region before, of the lines that the edits touch."""
    text, start = change.before.text, change.before.start
    inside = change.inside
    if not inside:
        return 0, 0
    first = min(edit.span.start for edit in inside) - start
    last = max(edit.span.end for edit in inside) - start
    end = text.find("\n", last)
    return text.rfind("\n", 0, first) + 1, end if end >= 0 else len(text)


def _edit_features(context: Context, change: Change) -> dict[str, float]:
    text, start = change.before.text, change.before.start
    edits = change.inside or change.candidate.edits
    old = [text[max(0, e.span.start - start) : max(0, e.span.end - start)] for e in edits]
    new = [edit.text for edit in edits]
    pairs = [_differing(lex(o), lex(n)) for o, n in zip(old, new, strict=True)]
    removed = [token for gone, _ in pairs for token in gone]
    added = [token for _, come in pairs for token in come]
    moved = [(o, n) for o, n in zip(old, new, strict=True) if not o.strip() and not n.strip() and o != n]
    place = min(max(edits[0].span.start - start, 0), len(text))
    line_start = text.rfind("\n", 0, place) + 1
    rest = text[max(0, edits[0].span.end - start) :].split("\n", 1)[0]
    tokens = context.tokens
    at = next((i for i, token in enumerate(tokens) if token.end > place), len(tokens))
    line_first, line_last = _line_bounds(change)
    shift = len(change.after.text) - len(text)
    return {
        "edits": len(edits),
        "tokens_added": len(added),
        "tokens_removed": len(removed),
        "chars_added": sum(len("".join(n.split())) for n in new),
        "chars_removed": sum(len("".join(o.split())) for o in old),
        "lines_moved": len(moved),
        "columns_moved": len(moved[0][1].expandtabs()) - len(moved[0][0].expandtabs()) if moved else 0,
        "added": bucket(_class(added[0]) if added else ""),
        "removed": bucket(_class(removed[0]) if removed else ""),
        "before": bucket(_class(tokens[at - 1]) if at else ""),
        "after": bucket(_class(tokens[at]) if at < len(tokens) else ""),
        "lines_away": text.count("\n", min(place, context.offset), max(place, context.offset))
        * (1 if place >= context.offset else -1),
        "tokens_away": at - context.at,
        "at_line_end": float(not rest.strip() or rest.lstrip().startswith("#")),
        "at_line_start": float(not text[line_start:place].strip()),
        "depth": _depth(tokens, at),
        "similarity": Indel.normalized_similarity(
            text[line_first:line_last], change.after.text[line_first : line_last + shift]
        ),
    }


def _differing(old: list[Token], new: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens of an edit that really change: equal ones at both ends are left out."""
    while old and new and old[0].text == new[0].text:
        old, new = old[1:], new[1:]
    while old and new and old[-1].text == new[-1].text:
        old, new = old[:-1], new[:-1]
    return old, new


def _class(token: Token) -> str:
    return token.text if token.kind in ("op", "keyword") else token.kind


def _depth(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for token in tokens[max(0, at - 200) : at]:
        if token.text in OPENERS:
            depth += 1
        elif token.text in CLOSERS:
            depth = max(0, depth - 1)
    return depth


def _meaning(change: Change) -> dict[str, float]:
    """What the text means afterwards: things that compile and that nobody writes on purpose."""
    counts = {"new_undefined": 0, "idle_statements": 0, "odd_tuples": 0, "annotations": 0, "called_constants": 0}
    if change.fault is not None:
        return dict.fromkeys(counts, -1.0)
    counts["new_undefined"] = len(
        {free.name for free in change.free_after if not change.analysis.binds(free.name)} - {change.problem.name}
    )
    text = change.after.prefix + change.after.text + change.after.suffix
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            counts["idle_statements"] += not isinstance(
                node.value, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.Constant)
            )
            counts["odd_tuples"] += isinstance(node.value, ast.Tuple)
        elif isinstance(node, (ast.Assign, ast.Return)) and isinstance(node.value, ast.Tuple):
            counts["odd_tuples"] += text_at(text, node.value) != "("
        elif isinstance(node, ast.AnnAssign):
            counts["annotations"] += node.value is None
        elif isinstance(node, (ast.Call, ast.Subscript)):
            target = node.func if isinstance(node, ast.Call) else node.value
            counts["called_constants"] += isinstance(target, (ast.Constant, ast.List, ast.Dict, ast.Tuple))
    return {name: float(count) for name, count in counts.items()}


def text_at(text: str, node: ast.expr) -> str:
    """The character at which a node begins; "" where lines and columns do not say."""
    lines = text.split("\n", node.lineno)
    line = lines[node.lineno - 1].encode("utf-8", "surrogatepass") if node.lineno <= len(lines) else b""
    return line[node.col_offset : node.col_offset + 1].decode("utf-8", "replace")


def _name_features(context: Context, change: Change) -> dict[str, float]:
    none = {
        "name_distance": -1, "name_ratio": 0, "name_length": len(context.problem.name), "name_count": 0,
        "name_gap": 1000, "name_origin": bucket(""), "name_rivals": 0, "same_initial": 0, "popularity": 0,
    }  # fmt: skip
    old = context.problem.name
    if not old:
        return none
    if change.outside:
        found = context.importables.for_name(old) if context.importables else []
        added = change.outside[0].text.strip()
        popularity = max((one.popularity for one in found if one.statement == added), default=0)
        return {**none, "popularity": math.log2(1 + popularity), "name_origin": bucket("import")}
    new = change.inside[0].text if change.inside else ""
    target = new.rsplit(".", 1)[-1]
    known = next((visible for visible in context.visible if visible.name == target), None)
    distance = OSA.distance(old, target)
    nearer = sum(
        OSA.distance(old, visible.name, score_cutoff=distance) <= distance and visible.name != target
        for visible in context.visible
    )
    return {
        "name_distance": distance,
        "name_ratio": fuzz.ratio(old.lower(), target.lower()) / 100,
        "name_length": len(old),
        "name_count": math.log2(1 + (known.count if known else 0)),
        "name_gap": min(known.distance if known else 1000, 1000),
        "name_origin": bucket(known.origin if known else "?"),
        "name_rivals": nearer,
        "same_initial": float(old[:1].lower() == target[:1].lower()),
        "popularity": 0,
    }
