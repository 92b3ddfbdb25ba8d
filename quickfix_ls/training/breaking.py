"""Ways in which people break Python's syntax, each a small function from correct code to broken code.

An operator gets the code, a random generator and a detail (which token, which habit; see each) and returns
the broken text, or None where it finds no place. How often each operator and detail is used is the affair of
`mix`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from quickfix_ls.languages.python.layout import BLOCK_KEYWORDS
from quickfix_ls.languages.python.tokens import CLOSERS, KEYWORDS, OPENERS, Token, lex

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

FOREIGN = {
    "&&": "and",
    "||": "or",
    "!": "not",
    "++": "+= 1",
    "--": "-= 1",
    "else if": "elif",
    "elseif": "elif",
    "elsif": "elif",
    "function": "def",
    "func": "def",
    "catch": "except",
    "throw": "raise",
    "foreach": "for",
    "===": "==",
    "!==": "!=",
    "=!": "!=",
    "=<": "<=",
    "=>": ">=",
    "then": ":",
    "{": ":",
    "->": ".",
    "::": ".",
    "new": "=",
    "//": "#",
}
"""Habits from other languages, and what Python has in their place."""


@dataclass(frozen=True, slots=True)
class Code:
    """A text and its tokens, comments left out."""

    text: str
    tokens: list[Token]

    @classmethod
    def of(cls, text: str) -> Code:
        return cls(text, [token for token in lex(text) if token.kind != "comment"])

    def replaced(self, first: int, last: int, new: str) -> str:
        """The text with `new` for the tokens [first, last), kept apart from the words beside it; behind token
        `first` - 1 where there are none."""
        start = self.tokens[first].start if last > first else self.tokens[first - 1].end if first else 0
        end = self.tokens[last - 1].end if last > first else start
        left, right = self.text[:start], self.text[end:]
        return left + _gap(left, new or right) + new + (_gap(new, right) if new else "") + right

    def where(self, text: str) -> list[int]:
        """The indices of the tokens of that text that are not in strings."""
        return [index for index, token in enumerate(self.tokens) if token.text == text]


Operator = Callable[[Code, Random, str], "str | None"]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    """Enter a function into the table under its name."""
    OPERATORS[function.__name__] = function
    return function


def shape(token: Token) -> str:
    """What a token is for the mix: itself where Python gives it its meaning, otherwise its kind."""
    if token.kind in ("op", "keyword"):
        return token.text
    return "line" if token.kind == "newline" else token.kind


@operator
def delete_token(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out the token `detail`."""
    return _at(code, rng, code.where(detail), 1, "")


@operator
def delete_run(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out several closing brackets in a row; `line` in the detail is a line end."""
    wanted = detail.split(" ")
    shapes = [shape(token) for token in code.tokens]
    places = [index for index in range(len(shapes)) if shapes[index : index + len(wanted)] == wanted]
    return _at(code, rng, places, len(wanted), "")


@operator
def delete_pair(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out both brackets of a pair; the detail is the opening one."""
    pairs = [pair for pair in _pairs(code.tokens) if code.tokens[pair[0]].text == detail]
    if not pairs:
        return None
    first, last = rng.choice(pairs)
    inner = Code.of(code.replaced(last, last + 1, ""))
    return inner.replaced(first, first + 1, " ")


@operator
def delete_word(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out a name, number or string; the detail says which of these."""
    return _at(code, rng, _of_shape(code, detail), 1, "")


@operator
def insert_token(code: Code, rng: Random, detail: str) -> str | None:
    """Add a token: the detail is what stands before the place, and the token."""
    before, new = detail.split(" ", 1)
    return _at(code, rng, [index + 1 for index in _of_shape(code, before)], 0, new)


@operator
def insert_word(code: Code, rng: Random, detail: str) -> str | None:
    """Add a word that occurs elsewhere in the code; the detail is what stands before the place."""
    names = [token.text for token in code.tokens if token.kind == "name"]
    places = [index + 1 for index in _of_shape(code, detail)]
    return _at(code, rng, places, 0, " " + rng.choice(names)) if names else None


@operator
def duplicate_token(code: Code, rng: Random, detail: str) -> str | None:
    """Write the token `detail` twice."""
    space = " " if detail.isalpha() else ""
    return _at(code, rng, code.where(detail), 1, detail + space + detail)


@operator
def replace_token(code: Code, rng: Random, detail: str) -> str | None:
    """Write one token for another: the detail is the right one, then the wrong one."""
    right, wrong = detail.split(" ")
    return _at(code, rng, code.where(right), 1, wrong)


@operator
def swap_tokens(code: Code, rng: Random, detail: str) -> str | None:
    """Exchange a token with the one behind it; the detail is the first one's shape."""
    tokens = code.tokens
    places = [index for index in _of_shape(code, detail) if index + 1 < len(tokens)]
    places = [index for index in places if tokens[index + 1].kind != "newline"]
    if not places:
        return None
    index = rng.choice(places)
    return code.replaced(index, index + 2, f"{tokens[index + 1].text} {tokens[index].text}")


@operator
def misspell_keyword(code: Code, rng: Random, detail: str) -> str | None:
    """`Class`, `CLASS` (detail `case`) or `clas`, `retrun` (detail `edit`)."""
    places = [index for index, token in enumerate(code.tokens) if token.text in KEYWORDS]
    if not places:
        return None
    index = rng.choice(places)
    right = code.tokens[index].text
    wrong = mistype(right, rng)
    if detail == "case":
        wrong = right.swapcase() if rng.random() < 0.2 else right.swapcase()[0] + right[1:]
    return None if wrong in KEYWORDS else code.replaced(index, index + 1, wrong)


@operator
def keyword_as_name(code: Code, rng: Random, detail: str) -> str | None:
    """Use the keyword `detail` as a name."""
    return _at(code, rng, _of_shape(code, "name"), 1, detail)


@operator
def foreign(code: Code, rng: Random, detail: str) -> str | None:
    """Write what another language would; the detail is a key of FOREIGN."""
    right = FOREIGN[detail]
    if detail == "//":
        places = [token.start for token in lex(code.text) if token.kind == "comment"]
        place = rng.choice(places) if places else -1
        return code.text[:place] + "//" + code.text[place + 1 :] if places else None
    if right in (":", "="):
        # Only the colon of a block, and only the `=` before something that could be constructed.
        following = "newline" if right == ":" else "name"
        places = [index for index in code.where(right)[:-1] if code.tokens[index + 1].kind == following]
        return _at(code, rng, places, 1, " " + detail if right == ":" else "= new")
    if " " in right:
        found = [
            index for index in code.where(right.split(" ")[0])[:-1] if code.tokens[index + 1].text == "1"
        ]
        return _at(code, rng, found, 2, detail)
    return _at(code, rng, code.where(right), 1, detail)


@operator
def python2(code: Code, rng: Random, detail: str) -> str | None:
    """`print x`, `except E, e`, `exec x`, `raise E, x`: the detail is the keyword of Python 2."""
    if detail == "except":
        heads = [i for i in code.where("as") if "except" in _line_before(code.tokens, i)]
        return _at(code, rng, heads, 1, ",")
    calls = [pair for pair in _pairs(code.tokens) if pair[0] and _is_call_statement(code, pair, detail)]
    if not calls:
        return None
    # Who writes Python 2 writes it everywhere; what is shown is mostly a line or two.
    chosen = calls if rng.random() < 0.8 else [rng.choice(calls)]
    text = code.text
    for first, last in sorted(chosen, reverse=True):
        start, end = code.tokens[first].start, code.tokens[last].start
        between = ", " if detail == "raise" else " "
        text = text[:start] + between + text[start + 1 : end].lstrip(" ") + text[end + 1 :]
    return text


@operator
def prompt(code: Code, rng: Random, detail: str) -> str | None:
    """Copy the prompts of an interactive session along: of the `first` line, or of `all`."""
    lines = code.text.split("\n")
    if detail == "first":
        return ">>> " + code.text
    return "\n".join((">>> " if line[:1] not in ("", " ", "\t") else "... ") + line for line in lines)


@operator
def join_lines(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out the end of a line."""
    places = [index for index in _of_shape(code, "line") if 0 < index < len(code.tokens) - 1]
    return _at(code, rng, places, 1, " ")


@operator
def split_line(code: Code, rng: Random, detail: str) -> str | None:
    """Break a line behind a token; the detail is that token's shape."""
    return _at(code, rng, [index + 1 for index in _of_shape(code, detail)], 0, "\n")


@operator
def quote(code: Code, rng: Random, detail: str) -> str | None:
    """Forget the `open` or the `close` quote of a string, `swap` one for the other kind, or write an `extra`
    one."""
    places = [
        token for token in code.tokens if token.kind == "string" and token.text[:3] not in ('"""', "'''")
    ]
    if not places:
        return None
    start, end = (one := rng.choice(places)).start, one.end
    text, mark = code.text, one.text[-1]
    if detail == "open":
        at = start + one.text.index(mark)
        return text[:at] + text[at + 1 :]
    if detail == "close":
        return text[: end - 1] + text[end:]
    if detail == "swap":
        return text[: end - 1] + ('"' if mark == "'" else "'") + text[end:]
    at = rng.randint(start + one.text.index(mark) + 1, end)
    return text[:at] + mark + text[at:]


@operator
def indentation(code: Code, rng: Random, detail: str) -> str | None:
    """Shift lines: `in`/`out` one line, `block in`/`block out` it and what follows at its level or deeper,
    `flat`: the body of a block as far left as its head, `tab`: a tab in place of spaces."""
    lines = code.text.split("\n")
    full = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    if detail == "flat":
        full = [number for number in full if number and _opens_block(lines[number - 1])]
    elif detail in ("out", "block out", "tab"):
        full = [number for number in full if lines[number][0] in " \t"]
    if not full:
        return None
    first = rng.choice(full)
    width = _width(lines[first])
    last = first + 1
    if detail not in ("in", "out", "tab"):
        while last < len(lines) and (not lines[last].strip() or _width(lines[last]) >= width):
            last += 1
    step = rng.choice((1, 2, 3, 4, 4, 4))
    if detail == "flat":
        step = width - _width(lines[first - 1])
    for number in range(first, last):
        lines[number] = _shifted(lines[number], detail, step)
    return "\n".join(lines)


def mistype(word: str, rng: Random) -> str:
    """The word with one typing error: a letter left out, doubled or added, two exchanged, or a neighbouring
    key hit.

    The first letter is seldom wrong. The result may be a word again, or the same one.
    """
    low = 0 if rng.random() < 0.1 or len(word) < 2 else 1
    at = rng.randrange(low, len(word))
    kind = rng.choices(("delete", "insert", "replace", "swap"), (30, 25, 25, 20))[0]
    if kind == "delete":
        return word[:at] + word[at + 1 :]
    if kind == "swap":
        at = min(at, len(word) - 2) if len(word) > 1 else 0
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    if kind == "insert" and rng.random() < 0.5:
        return word[:at] + word[at] + word[at:]
    near = _neighbour(word[at], rng)
    return word[:at] + near + word[at + (kind == "replace") :]


def _neighbour(letter: str, rng: Random) -> str:
    for row in KEYBOARD:
        if (at := row.find(letter.lower())) >= 0:
            near = rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
            return near.upper() if letter.isupper() else near
    return rng.choice("0123456789") if letter.isdigit() else rng.choice("aeinorst")


def _at(code: Code, rng: Random, places: Sequence[int], count: int, new: str) -> str | None:
    """`new` for `count` tokens at one of the places."""
    if not places:
        return None
    place = rng.choice(places)
    return code.replaced(place, place + count, new)


def _gap(left: str, right: str) -> str:
    both = left[-1:].isidentifier() or left[-1:].isdigit(), right[:1].isidentifier() or right[:1].isdigit()
    return " " if all(both) else ""


def _of_shape(code: Code, wanted: str) -> list[int]:
    return [index for index, token in enumerate(code.tokens) if shape(token) == wanted]


def _pairs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    pairs, stack = [], []
    for index, token in enumerate(tokens):
        if token.text in OPENERS:
            stack.append(index)
        elif token.text in CLOSERS and stack:
            pairs.append((stack.pop(), index))
    return pairs


def _line_before(tokens: Sequence[Token], index: int) -> list[str]:
    found = []
    while index > 0 and tokens[index - 1].kind != "newline":
        index -= 1
        found.append(tokens[index].text)
    return found


def _is_call_statement(code: Code, pair: tuple[int, int], detail: str) -> bool:
    """Whether the brackets are those of `print(...)`, `exec(...)` or `raise E(...)` as a whole statement."""
    tokens, (first, last) = code.tokens, pair
    if last + 1 < len(tokens) and tokens[last + 1].kind != "newline":
        return False
    before = _line_before(tokens, first)
    return before[1:2] == ["raise"] if detail == "raise" else before == [detail]


def _opens_block(line: str) -> bool:
    words = line.split("#")[0].split()
    return bool(words) and words[0].rstrip(":") in BLOCK_KEYWORDS and words[-1].endswith(":")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _shifted(line: str, detail: str, step: int) -> str:
    if not line.strip():
        return line
    if detail == "tab":
        return "\t" + line.lstrip(" \t")
    if detail.endswith("in"):
        return " " * step + line
    return line[min(step, _width(line)) :]
