"""Keys that a dictionary lacks which the file writes out whole: `ages["nmae"]`, where only `name` can be meant.

What counts is the text around each use of the dictionary's name: one that is bound once, to a literal whose keys are
all plain texts, and that nothing in the file changes, hands on or gives another meaning.
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
_LARGEST = 20_000


def misspelt_keys(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """The keys of that kind that are read in the units from `first` to `last` (inclusive; to the end where None)."""
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
    """The keys that may be meant by one that is known to be missing, of all that the dictionary's literals have; none
    where it is of another form."""
    start = text.rfind("\n", 0, span.start) + 1
    read = next((one for one in _READ.finditer(text, start, span.end + 2) if one.start("key") == span.start), None)
    if read is None:
        return []
    literals = (_keys(text, bound.end) for bound in _bound(text).get(_owner(text, read.start()), ()))
    return nearest(read["key"], frozenset().union(*(keys for keys in literals if keys is not None)))


def _owner(text: str, end: int) -> str:
    """The name that ends at a place; empty where none does, or one behind a dot."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:end] if text[start:end].isidentifier() and text[max(0, start - 1) : start] != "." else ""


def _only_keys(text: str, owner: str) -> frozenset[str] | None:
    """The keys of the one literal that a name stands for; None where it may stand for others, or get others."""
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
    """Where each name is bound to something in braces: from the name to the brace."""
    found: dict[str, tuple[Span, ...]] = {}
    for one in _BOUND.finditer(text):
        found[one["owner"]] = (*found.get(one["owner"], ()), Span(one.start("owner"), one.end()))
    return found


def _is_read(text: str, use: re.Match[str]) -> bool:
    """Whether a use asks for a key, or for what is there, and neither changes anything nor hands the whole on."""
    if text[use.end()] == ".":
        return True
    if text[use.end()] == "[":
        end = text.find("]", use.end())
        deletes = re.search(r"\bdel\b[^\n]*\Z", text[max(0, use.start() - 80) : use.start()])
        return deletes is None and not _CHANGED.match(text, end + 1)
    return re.search(r"(?:\bin[ \t]+|\blen\()\Z", text[max(0, use.start() - 8) : use.start()]) is not None


def _keys(text: str, start: int) -> frozenset[str] | None:
    """The keys of the dictionary that is written out at a place; None where not all are plain texts."""
    depth, end = 0, 0
    for token in lex(text[start : start + _LARGEST]):
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
    keys = [one.value for one in literal.keys if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return frozenset(keys) if keys and len(keys) == len(literal.keys) else None
