"""Everyday errors of headers: words of other languages, branches with a condition too many or none, missing colons."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import blocks_of, is_code, width

_CASED = ("if", "elif", "else", "while", "for", "def", "class", "try", "except", "with", "finally")


@everyday
def else_if_chain(code: Code, rng: Random) -> Pair | None:
    """Write `else if` or the like in place of every `elif` of a text."""
    places = code.where("elif")
    if not places:
        return None
    word = rng.choice(("else if", "else if", "elseif", "elsif", "else: if", "else"))
    text = code.text
    for index in reversed(places):
        token = code.tokens[index]
        text = text[: token.start] + word + text[token.end :]
    return Pair(text, code.text)


@everyday
def elif_for_else(code: Code, rng: Random) -> Pair | None:
    """Write `elif:`, `elif else:` or `otherwise:` in place of `else:`."""
    places = [index for index in code.where("else") if _is_alone(code, index)]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    word = rng.choice(("elif", "elif", "elif else", "else else", "otherwise"))
    return Pair(code.text[: token.start] + word + code.text[token.end :], code.text)


@everyday
def then_word(code: Code, rng: Random) -> Pair | None:
    """Write `then` or `do` at the end of a header, with or without its colon; at all `if` of a text or at one."""
    lines = code.text.split("\n")
    heads = [(line, "do" if lines[line].split()[0] in ("for", "while") else "then") for line in _ends(lines, code.text)]
    heads = [(line, word) for line, word in heads if lines[line].split()[0] in ("if", "elif", "while", "for")]
    if not heads:
        return None
    chosen = heads if rng.random() < 0.3 else [rng.choice(heads)]
    colon = rng.choice((":", "", ""))
    for line, word in chosen:
        lines[line] = f"{lines[line].rstrip()[:-1]} {word}{colon}"
    return Pair("\n".join(lines), code.text)


@everyday
def missing_colons(code: Code, rng: Random) -> Pair | None:
    """Leave out the colon of a header, or of several; or write another sign in its place."""
    lines = code.text.split("\n")
    heads = _ends(lines, code.text)
    if not heads:
        return None
    chosen = heads if rng.random() < 0.3 else [rng.choice(heads)]
    sign = rng.choice(("", "", "", "", ";", ",", "::"))
    for line in chosen:
        lines[line] = lines[line].rstrip()[:-1] + sign
    return Pair("\n".join(lines), code.text)


@everyday
def cased_keyword(code: Code, rng: Random) -> Pair | None:
    """Write the keywords of headers with a capital, or in capitals."""
    lines = code.text.split("\n")
    heads = [block.head for block in blocks_of(code.text)]
    heads = [line for line in dict.fromkeys(heads) if lines[line].split()[0].rstrip(":") in _CASED]
    if not heads:
        return None
    chosen = heads if rng.random() < 0.3 else [rng.choice(heads)]
    to_capitals = rng.random() < 0.3
    for line in chosen:
        indent = width(lines[line])
        word = lines[line].split()[0].rstrip(":")
        new = word.upper() if to_capitals else word.capitalize()
        lines[line] = lines[line][:indent] + new + lines[line][indent + len(word) :]
    return Pair("\n".join(lines), code.text)


@everyday
def late_branch(code: Code, rng: Random) -> Pair | None:
    """Write the `else` of a chain before its last `elif`."""
    lines = code.text.split("\n")
    blocks = [block for block in blocks_of(code.text) if lines[block.head].lstrip().startswith(("elif", "else"))]
    pairs = [
        (left, right)
        for left in blocks
        for right in blocks
        if right.head == left.last
        and lines[left.head].lstrip().startswith("elif")
        and lines[right.head].lstrip().startswith("else")
        and left.indent == right.indent
    ]
    if not pairs:
        return None
    left, right = rng.choice(pairs)
    first, second = lines[left.head : left.last], lines[right.head : right.last]
    return Pair("\n".join([*lines[: left.head], *second, *first, *lines[right.last :]]), code.text)


def _is_alone(code: Code, index: int) -> bool:
    """Return whether `else` is a branch, of a text with `if` alone."""
    texts = {token.text for token in code.tokens}
    follows = code.tokens[index + 1 : index + 2]
    return bool(follows) and follows[0].text == ":" and not texts & {"for", "while", "try"}


def _ends(lines: list[str], text: str) -> list[int]:
    """Return the lines at whose end the colon of a block's header is."""
    found = []
    for block in blocks_of(text):
        end = block.first - 1
        while end > block.head and not is_code(lines[end]):
            end -= 1
        if end == block.head and lines[end].rstrip().endswith(":") and "#" not in lines[end]:
            found.append(end)
    return list(dict.fromkeys(found))
