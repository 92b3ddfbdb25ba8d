"""Operators for habits of other languages, of Python 2, and of copying from a terminal."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code, operator
from quickfix_ls.languages.python.lexer import lex

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
"""Spellings of other languages, and their equivalents in Python."""


@operator
def foreign(code: Code, rng: Random, detail: str) -> str | None:
    """Replace Python code by the spelling of another language; the detail is a key of FOREIGN."""
    right = FOREIGN[detail]
    if detail == "//":
        places = [token.start for token in lex(code.text) if token.kind == "comment"]
        place = rng.choice(places) if places else -1
        return code.text[:place] + "//" + code.text[place + 1 :] if places else None
    places = [index for index in code.where(right.split(" ")[0]) if index + 1 < len(code.tokens)]
    if right in (":", "="):
        # Only the colon of a block, and only the `=` before something that could be constructed.
        following = "newline" if right == ":" else "name"
        places = [index for index in places if code.tokens[index + 1].kind == following]
        return code.at(rng, places, 1, " " + detail if right == ":" else "= new")
    if " " in right:
        places = [index for index in places if code.tokens[index + 1].text == "1"]
        return code.at(rng, places, 2, detail)
    return code.at(rng, places, 1, detail)


@operator
def python2(code: Code, rng: Random, detail: str) -> str | None:
    """Write `print x`, `except E, e`, `exec x` or `raise E, x`: the detail is the keyword of Python 2."""
    if detail == "except":
        heads = [i for i in code.where("as") if "except" in code.line_before(i)]
        return code.at(rng, heads, 1, ",")
    calls = [pair for pair in code.pairs() if pair[0] and _is_call_statement(code, pair, detail)]
    if not calls:
        return None
    # Python 2 code uses its statements everywhere; questions usually show only a line or two.
    chosen = calls if rng.random() < 0.8 else [rng.choice(calls)]
    text = code.text
    for first, last in sorted(chosen, reverse=True):
        start, end = code.tokens[first].start, code.tokens[last].start
        between = ", " if detail == "raise" else " "
        text = text[:start] + between + text[start + 1 : end].lstrip(" ") + text[end + 1 :]
    return text


@operator
def prompt(code: Code, rng: Random, detail: str) -> str | None:
    """Add the prompts of an interactive session: on the `first` line, or on `all` lines."""
    lines = code.text.split("\n")
    if detail == "first":
        return ">>> " + code.text
    return "\n".join((line and (">>> " if line[0] not in " \t" else "... ")) + line for line in lines)


def printing(code: Code, rng: Random) -> str:
    """Return the code with `print` in place of the function in one call statement; unchanged if there is none.

    Code of packages seldom prints, code in questions about errors nearly always does.
    """
    heads = []
    for first, last in code.pairs():
        before = code.line_before(first)
        whole = last + 1 == len(code.tokens) or code.tokens[last + 1].kind == "newline"
        if (
            whole
            and before
            and code.tokens[first].text == "("
            and all(word.isidentifier() or word == "." for word in before)
        ):
            heads.append((first - len(before), first))
    if not heads or "print" in {token.text for token in code.tokens}:
        return code.text
    return code.replaced(*rng.choice(heads), "print")


def _is_call_statement(code: Code, pair: tuple[int, int], detail: str) -> bool:
    """Return whether the brackets are those of `print(...)`, `exec(...)` or `raise E(...)` as a whole statement."""
    tokens, (first, last) = code.tokens, pair
    if last + 1 < len(tokens) and tokens[last + 1].kind != "newline":
        return False
    before = code.line_before(first)
    return before[1:2] == ["raise"] if detail == "raise" else before == [detail]
