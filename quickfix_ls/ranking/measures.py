"""The measurements behind the features: of the edit, of its place, of the text and of the name that it makes."""

from __future__ import annotations

import ast
import math
import re
import warnings
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from quickfix_ls.context import Context
from quickfix_ls.languages.python.judge import Fault
from quickfix_ls.languages.python.tokens import CLOSERS, OPENERS, Token, lex
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.ranking.neighbourhood import token_class
from quickfix_ls.validation.change import Change

BUCKETS = 251


def bucket(text: str) -> float:
    """The bucket of a category; stable over runs and machines."""
    return float(zlib.crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS)


def error_class(context: Context) -> str:
    """The error without what is particular to it; messages of CPython 3.10 to 3.14 stay apart."""
    return context.problem.error_type + _without_names(context.problem.message)


def fault_class(fault: Fault | None) -> str:
    """The same of an error that is left; empty where none is."""
    return _without_names(fault.message) if fault else ""


def _without_names(message: str) -> str:
    return re.sub(r"'[^']*'|\d+", "_", message)


class Judged(NamedTuple):
    """What the language model says of a change: its gain; bits per token of the edited lines, and of their least likely
    token; bits per token of all that changes, and how many tokens that are."""

    gain: float
    line_bits: float
    worst_bits: float
    changed_bits: float
    changed_tokens: int


def plausibility_measures(context: Context, change: Change, model: Plausibility) -> Judged:
    first, last = change.touched
    low, high = max(0, first - 200), last + 120
    before = change.before.text[low:high]
    shift = len(change.after.text) - len(change.before.text)
    after = change.after.text[low : high + shift]
    tokens = lex(after)
    old, new = model.symbols(lex(before)), model.symbols(tokens)
    head = len(model.symbols(tokens[: bisect_left(tokens, first - low, key=_start)]))
    tail = len(new) - len(model.symbols(tokens[bisect_left(tokens, last + shift - low, key=_start) :]))
    bits = [model.logprob(new, index) for index in range(head, max(tail, head + 1)) if index < len(new)]
    return Judged(
        model.gain(old, new), sum(bits) / len(bits) if bits else 0.0, min(bits, default=0.0), *model.rate(old, new)
    )


def _start(token: Token) -> int:
    return token.start


def edit_measures(context: Context, change: Change) -> dict[str, float]:
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
    line_first, line_last = change.touched
    shift = len(change.after.text) - len(text)
    return {
        "edits": len(edits),
        "tokens_added": len(added),
        "tokens_removed": len(removed),
        "chars_added": sum(len("".join(n.split())) for n in new),
        "chars_removed": sum(len("".join(o.split())) for o in old),
        "lines_moved": len(moved),
        "columns_moved": len(moved[0][1].expandtabs()) - len(moved[0][0].expandtabs()) if moved else 0,
        "added": bucket(token_class(added, 0)),
        "removed": bucket(token_class(removed, 0)),
        "before": bucket(token_class(tokens, at - 1)),
        "after": bucket(token_class(tokens, at)),
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


def _depth(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for token in tokens[max(0, at - 200) : at]:
        if token.text in OPENERS:
            depth += 1
        elif token.text in CLOSERS:
            depth = max(0, depth - 1)
    return depth


def string_measures(change: Change) -> dict[str, float]:
    """What the change does to the strings of the lines it touches: a quote that closes at the wrong place mostly
    leaves a lone quote or bracket inside of a string."""
    first, last = change.touched
    shift = len(change.after.text) - len(change.before.text)
    before = lex(change.before.text[first:last])
    after = lex(change.after.text[first : last + shift])
    return {
        "odd_strings": sum(map(_is_odd, after)),
        "odd_strings_before": sum(map(_is_odd, before)),
        "edge_quotes": sum(map(_has_edge_quote, after)),
        "usual_quotes": _usual_quotes(change, before, after),
        "string_chars": _string_chars(after) - _string_chars(before),
    }


def _is_odd(token: Token) -> bool:
    if token.kind not in ("string", "badstring"):
        return False
    body = token.text.lstrip("rRbBuUfFtT")[1:-1]
    return any(body.count(quote) % 2 for quote in "\"'") or any(
        body.count(opener) != body.count(closer) for opener, closer in OPENERS.items()
    )


def _has_edge_quote(token: Token) -> bool:
    body = token.text.lstrip("rRbBuUfFtT")[1:-1]
    return token.kind == "string" and any(
        body.count(quote) % 2 and (body.startswith(quote) or body.endswith(quote)) for quote in "\"'"
    )


def _usual_quotes(change: Change, before: Sequence[Token], after: Sequence[Token]) -> float:
    """The share of the region's strings that are quoted like the first string that the change makes; 1 where it
    makes none."""
    known = {token.text for token in before}
    made = next((token for token in after if token.kind == "string" and token.text not in known), None)
    if made is None:
        return 1.0
    quotes = [token.text.lstrip("rRbBuUfFtT")[:1] for token in change.tokens if token.kind == "string"]
    return (quotes.count(made.text.lstrip("rRbBuUfFtT")[:1]) + 1) / (len(quotes) + 2)


def _string_chars(tokens: Sequence[Token]) -> int:
    return sum(len(token.text) for token in tokens if token.kind in ("string", "badstring", "comment"))


def meaning_measures(change: Change) -> dict[str, float]:
    """What the text means afterwards: things that compile and that nobody writes on purpose."""
    counts = {
        "new_undefined": 0,
        "idle_statements": 0,
        "odd_tuples": 0,
        "annotations": 0,
        "called_constants": 0,
    }
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


def name_measures(context: Context, change: Change) -> dict[str, float]:
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
        popularity = max((one.popularity for one in found if added.lstrip(", ") in one.statement), default=0)
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
        "name_rivals": min(nearer, 50),
        "same_initial": float(old[:1].lower() == target[:1].lower()),
        "popularity": 0,
    }
