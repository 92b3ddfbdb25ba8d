"""What Python itself says when it runs code, and what packages say about names that they removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.checkers import hints_of
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.problems.kinds import TYPE

_RAISED = r"(?:[\w.]*(?:Error|Exception|Warning): )?"
_MESSAGES = {
    "AttributeError": re.compile(
        rf"{_RAISED}(?:(?:partially initialized )?module|type object|'[\w.]+' object)\b.* has no "
        r"attribute '(?P<name>\w+)'"
    ),
    "ImportError": re.compile(rf"{_RAISED}cannot import name '(?P<name>\w+)'"),
    "KeyError": re.compile(r"KeyError: '(?P<name>\w+)'"),
    "ModuleNotFoundError": re.compile(rf"{_RAISED}No module named '?(?P<name>\w[\w.]*)"),
    "TypeError": re.compile(
        rf"{_RAISED}(?:[\w.<>]+\(\) got an unexpected keyword argument |(?=.* is an invalid keyword argument))"
        r"'(?P<name>\w+)'"
    ),
}
_WORDS = r"(?:[Tt]he |You tried to access |\w+: )?(?:(?:argument|function|keyword|method|module|parameter) )?"
_NAME = r"[`'\"]?(?:[\w.]+\.)?(?P<name>[^\W\d]\w*)(?:\([\w, ]*\))?[`'\"]?"
_NEW = r"[`'\"](?P<new>[A-Za-z][\w.]*)(?:\(\))?[`'\"]|(?P<bare>[A-Za-z]\w*(?:\.\w+)+)(?:\(\))?"
_REMOVED = re.compile(
    rf"(?:[\w.]+:\s+)?{_WORDS}{_NAME}"
    r"(?: \w+)?(?:,? (?:was|is|has been|but this is)\b[^\n]*?\b(?:deprecated|removed|renamed|moved|no longer)\b)"
    rf"(?P<rest>.*)",
    re.DOTALL,
)
_USE = re.compile(rf"(?:\b[Uu]se|\brenamed to|\bin favou?r of|\breplaced (?:by|with)) (?:the )?(?:\w+ )?(?:{_NEW})")


_UNBOUND = re.compile(
    rf"{_RAISED}(?:cannot access local variable '(?P<name>\w+)' where it is not|"
    r"local variable '(?P<old>\w+)' referenced before assignment)"
)


def readings_of(message: str) -> Iterator[Reading]:
    """Yield what a message may say, in order: of a name that a package removed, only the code tells whether it is an
    attribute, an argument or an import."""
    if unbound := _UNBOUND.match(message):
        yield Reading("UnboundLocalError", unbound["name"] or unbound["old"], kind=TYPE)
        return
    for code, pattern in _MESSAGES.items():
        if found := pattern.match(message):
            yield Reading(code, found["name"], hints_of(message))
            return
    if removed := _REMOVED.match(message):
        use = _USE.search(removed["rest"])
        new = (use["new"] or use["bare"]).rpartition(".")[2] if use is not None else ""
        for code in ("AttributeError", "TypeError", "ImportError"):
            yield Reading(code, removed["name"], (new,) if new else ())
