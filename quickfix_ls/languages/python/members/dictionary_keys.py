"""Keys missing from a dictionary that the file defines as a literal: `ages["nmae"]`, where only `name` can be meant.

The decision uses the source around each use of the dictionary's name. The name must be bound once, to a literal whose
keys are all string literals, and nothing in the file may modify the dictionary, pass it on or rebind the name.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.values import Problem, Span

_READ = re.compile(r"\[(?P<quote>[\"'])(?P<key>[^\W\d]\w*)(?P=quote)\]")
_CHANGED = re.compile(r"\s*(?:\[[^\]\n]*\]\s*)*(?:=(?!=)|[-+*/%|&^@]=|//=|\*\*=|<<=|>>=)")
_BOUND = re.compile(r"^[ \t]*(?P<owner>[^\W\d]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(?=\{)", re.MULTILINE)
_HARMLESS = re.compile(
    r"\.(?:get|items|keys|values|copy)\(|\[|[ \t]*(?::[ \t]*\n|\)|\]|[ \t]+(?:and|or|if|else|for)\b)"
)
_EXPECTED = re.compile(r"\b(?:KeyError|LookupError|except[ \t]*:|except[ \t]+Exception|raises|suppress)\b")
_ENDED = re.compile(r"[ \t]*(?:[#;\r\n]|\Z)")
_MAX_LITERAL = 20_000


def misspelt_keys(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield a problem for each such key that is read in the units from `first` to `last` (inclusive; to the end if
    None)."""
    text = index.snapshot.text
    known: dict[str, frozenset[str] | None] = {}
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        region = index.region(unit)
        for read in _READ.finditer(region.text):
            owner, key = _owner(region.text, read.start()), read["key"]
            if not owner:
                continue
            if owner not in known:
                known[owner] = _only_keys(text, owner)
            keys = known[owner]
            if keys is None or key in keys or _CHANGED.match(region.text, read.end()):
                continue
            if _EXPECTED.search(region.text) or len(re.findall(rf"[\"']{key}[\"']", text)) > 1:
                continue
            near = nearest(key, keys)
            if near:
                span = Span(region.start + read.start("key"), region.start + read.end("key"))
                yield Problem(
                    "name", f"'{owner}' has no key '{key}'", "KeyError", span, key, "analysis", hints=tuple(near)
                )


def near_keys(text: str, span: Span) -> list[str]:
    """Return the keys that may be meant by a key that is reported missing, among those of all the dictionary's
    literals; empty if the code does not have that form."""
    start = text.rfind("\n", 0, span.start) + 1
    read = next(
        (match for match in _READ.finditer(text, start, span.end + 2) if match.start("key") == span.start), None
    )
    if read is None:
        return []
    literals = (_keys(text, bound.end) for bound in _bound(text).get(_owner(text, read.start()), ()))
    return nearest(read["key"], frozenset().union(*(keys for keys in literals if keys is not None)))


def _owner(text: str, end: int) -> str:
    """Return the name that ends at an offset; empty if there is none, or if it follows a dot."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:end] if text[start:end].isidentifier() and text[max(0, start - 1) : start] != "." else ""


def _only_keys(text: str, owner: str) -> frozenset[str] | None:
    """Return the keys of the only literal that a name is bound to; None if it may be bound to others, or modified."""
    bound = _bound(text).get(owner, ())
    if len(bound) != 1:
        return None
    for use in re.finditer(rf"(?<![\w.]){owner}(?!\w)", text):
        if use.start() == bound[0].start:
            continue
        if not _HARMLESS.match(text, use.end()) or not _is_read(text, use):
            return None
    return _keys(text, bound[0].end)


@lru_cache(maxsize=4)
def _bound(text: str) -> dict[str, tuple[Span, ...]]:
    """Return, for each name, where it is bound to an expression in braces: spans from the name to the brace."""
    found: dict[str, tuple[Span, ...]] = {}
    for match in _BOUND.finditer(text):
        found[match["owner"]] = (*found.get(match["owner"], ()), Span(match.start("owner"), match.end()))
    return found


def _is_read(text: str, use: re.Match[str]) -> bool:
    """Return whether a use only reads from the dictionary, and neither modifies it nor passes it on."""
    if text[use.end()] == ".":
        return True
    if text[use.end()] == "[":
        end = text.find("]", use.end())
        deletes = re.search(r"\bdel\b[^\n]*\Z", text[max(0, use.start() - 80) : use.start()])
        return deletes is None and not _CHANGED.match(text, end + 1)
    return re.search(r"(?:\bin[ \t]+|\blen\()\Z", text[max(0, use.start() - 8) : use.start()]) is not None


def _keys(text: str, start: int) -> frozenset[str] | None:
    """Return the keys of the dictionary literal at an offset; None if any of them is not a string literal."""
    depth, end = 0, 0
    for token in lex(text[start : start + _MAX_LITERAL]):
        depth += token.text in ("(", "[", "{")
        depth -= token.text in (")", "]", "}")
        if not depth:
            end = token.end
            break
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            literal = ast.parse(text[start : start + end].strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(literal, ast.Dict) or not _ENDED.match(text, start + end):
        return None
    keys = [key.value for key in literal.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return frozenset(keys) if keys and len(keys) == len(literal.keys) else None
