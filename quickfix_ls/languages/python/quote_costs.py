"""How unlikely it is that a string is meant as it is read, and where code may go on behind a string."""

from __future__ import annotations

import re
from typing import NamedTuple

from quickfix_ls.languages.python.lexer import OPENERS

OTHER = {"'": '"', '"': "'"}
"""The other quote of each."""
FOLLOWS = re.compile(
    r"""[ \t]*(?:
        (?P<end>$|\#|\\$)
      | (?P<sign>[)\]},:;])
      | (?P<operator>[+*%|\[]|[<>]=?|[!=]=)
      | (?P<word>(?:if|else|for|in|not|and|or|is|as|async|from|import)(?=[ \t(\[{"']|$))
      )
      | (?P<method>\.[a-z_]\w*[ \t]*[(,)\]])
      | [ \t]+(?P<string>[rRbBuUfF]{0,2}["'])""",
    re.VERBOSE,
)
"""What may stand behind a string."""
_ENDING_COST = {"sign": 2.5, "method": 2.5, "operator": 1.5, "string": 1.5, "word": 0.8}
_OPENS_ATTRIBUTE = re.compile(r"<\w[^<>]*[\w-]=\Z")
_ENDS_ATTRIBUTE = re.compile(r"[ \t]*/?>|[ \t]+[\w-]+=[\"']")
"""Around the value of an HTML attribute in a text."""
_NOT_IN_WORD = re.compile(r"(?<!\w)[\"']|[\"'](?!\w)")
_MAY_OPEN = re.compile(r"[(\[{,:=][ \t]*\Z")


class Literal(NamedTuple):
    """A string as the author meant it, with the offsets in the text at which its parts begin.

    `start` is that of its prefix, `body` that of its text, `end` that of its closing quote; `opening` and `closing` are
    the quotes, empty where one is missing. `inner` are the offsets of the quotes in its text that would end it;
    `is_escaped` is true if a backslash at the end of its text escapes the closing quote.
    """

    start: int
    body: int
    end: int
    prefix: str
    opening: str
    closing: str
    inner: tuple[int, ...]
    is_escaped: bool

    @property
    def is_faulty(self) -> bool:
        return bool(self.inner) or self.is_escaped or self.opening != self.closing

    @property
    def is_raw(self) -> bool:
        return "r" in self.prefix.lower()

    @property
    def is_format(self) -> bool:
        return "f" in self.prefix.lower()


def may_end_before(line: str, offset: int) -> bool:
    """Return whether code may go on at an offset of a line, directly behind a string."""
    return FOLLOWS.match(line, offset) is not None


def is_in_field(text: str) -> bool:
    """Return whether the text of an f-string ends inside of a field."""
    plain = text.replace("{{", "").replace("}}", "")
    return plain.count("{") > plain.count("}")


def cost_of(line: str, literal: Literal) -> float:
    """Return the cost of a string, in no particular unit: 0 if it is as the lexer reads it."""
    body = line[literal.body : literal.end]
    cost = 0.0
    if literal.is_format and body.count("{") != body.count("}"):
        cost += 4.0
    elif any(body.count(opener) != body.count(closer) for opener, closer in OPENERS.items()):
        cost += 1.0 if literal.is_faulty else 0.4
    if not literal.closing or not literal.opening:
        cost += 2.5 + (0.0 if literal.inner or not literal.opening else _unclosed_cost(line, literal))
    elif literal.opening != literal.closing:
        cost += 3.0 + 1.5 * min(body.count(literal.opening), body.count(literal.closing))
    if literal.is_escaped:
        cost += 1.5 if body == "\\" or "\\" in body[:-1] or body[1:2] == ":" else 3.5
    if literal.inner:
        is_odd = literal.opening == '"' and len(literal.inner) % 2
        cost += 2.0 + sum(_inner_cost(line, place, literal) for place in literal.inner) + (0.6 if is_odd else 0.0)
        cost += 0.8 * (len(_NOT_IN_WORD.findall(body.replace(literal.opening, ""))) % 2)
    return cost


def _unclosed_cost(line: str, literal: Literal) -> float:
    """Return the cost of the place where a string without closing quote is taken to end."""
    body, rest = line[literal.body : literal.end], line[literal.end :]
    cost = 0.8 * (body.count(OTHER[literal.opening]) % 2) + (1.5 if " ," in body else 0.0)
    if not rest.strip(" \t)]}:,;"):
        return cost + 0.2
    return cost + (0.0 if re.match(r"[,:][ \t]*[\"']", rest) else 1.0)


def _inner_cost(line: str, place: int, literal: Literal) -> float:
    """Return the cost of a quote inside of a string: little for an apostrophe, much where the string could end."""
    before, after = line[place - 1], line[place + 1 : place + 2]
    if literal.is_format and is_in_field(line[literal.body : place]):
        return 0.1
    if line[place] == "'" and before.isalpha() and after.isalpha():
        return 0.1
    if before.isspace() and after.isspace():
        return 1.5
    if _OPENS_ATTRIBUTE.search(line, literal.body, place) or _ENDS_ATTRIBUTE.match(line, place + 1):
        return 0.2
    follows = FOLLOWS.match(line, place + 1)
    ends = _ENDING_COST.get(follows.lastgroup or "", 0.3) if follows else 0.3
    is_opening = _MAY_OPEN.search(line, literal.body, place) is not None and after.strip() != ""
    return ends + (1.0 if is_opening else 0.0)
