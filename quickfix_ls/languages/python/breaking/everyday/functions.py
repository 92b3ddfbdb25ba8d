"""Everyday errors in the headers of functions and classes, in parameters and in lambdas."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.bracketed import bracketed, edited, items_in, pieces_of, text_of

_ARROWS = ("- >", "- >", "=>", "=>", ":", ":", ">", ">>", "", "-", ": ->", "--> ", "<-", "returns")
_TYPES = ("int", "str", "bool", "None", "list[int]", "dict[str, int]", "float")
_PAIRS = (("k", "v"), ("a", "b"), ("x", "y"), ("key", "value"), ("name", "count"), ("i", "n"))
_BODIES = (
    "{b}",
    "{b}",
    "({b}, {a})",
    "-{b}",
    "{a} + {b}",
    "{b} / {a}",
    "{a}.lower()",
    "{b}[0]",
    "{a} > {b}",
    "len({b})",
)
_APPLIED = ("rows.sort(key={})", "ordered = sorted(rows, key={})", "found = map({}, rows)", "best = max(rows, key={})",
            "kept = list(filter({}, rows))")  # fmt: skip


@everyday
def parentheses_of_definition(code: Code, rng: Random) -> Pair | None:
    """Define a function without parentheses, with other ones, or a class with its base behind a word."""
    places = []
    for opener, closer in code.pairs():
        word = code.tokens[opener - 2].text if opener > 1 else ""
        if word in ("def", "class") and code.tokens[opener].text == "(" and closer + 1 < len(code.tokens):
            places.append((word, opener, closer))
    if not places:
        return None
    word, opener, closer = rng.choice(places)
    if closer == opener + 1:
        with_colon = code.tokens[closer + 1].text == ":" and rng.random() < 0.2
        return Pair(edited(code, [(opener, closer + 1 + with_colon, "")]), code.text)
    if word == "class":
        new = rng.choice((" ", " extends ", " : ", " inherits "))
        return Pair(edited(code, [(opener, opener + 1, new), (closer, closer + 1, "")]), code.text)
    first, last = rng.choice((("[", "]"), ("{", "}"), (" ", ""), (" ", ")"), ("(", "")))
    return Pair(edited(code, [(opener, opener + 1, first), (closer, closer + 1, last)]), code.text)


@everyday
def arrow_of_result(code: Code, rng: Random) -> Pair | None:
    """Write the arrow before the type of a function's result in another way, or leave out the type."""
    places = [
        (opener, closer)
        for opener, closer in code.pairs()
        if opener > 1 and code.tokens[opener - 2].text == "def" and code.tokens[opener].text == "("
        and closer + 1 < len(code.tokens) and code.tokens[closer + 1].text in (":", "->")
    ]  # fmt: skip
    if not places:
        return None
    _, closer = rng.choice(places)
    arrow = rng.choice(_ARROWS)
    if code.tokens[closer + 1].text == "->":
        without_type = rng.random() < 0.1
        if without_type:
            colon = next(i for i in range(closer, len(code.tokens)) if code.tokens[i].text == ":")
            fixed = edited(code, [(closer + 1, colon, "")])
            return Pair(edited(code, [(closer + 2, colon, "")]), fixed)
        return Pair(edited(code, [(closer + 1, closer + 2, arrow)]), code.text)
    kind = rng.choice(_TYPES)
    colon = code.tokens[closer + 1].end
    head, tail = code.text[: code.tokens[closer].end], code.text[colon:]
    if arrow == ": ->" and rng.random() < 0.7:
        return Pair(f"{head}: -> {kind}{tail}", f"{head} -> {kind}:{tail}")
    written = f": {kind}" if arrow == ":" else f" {arrow} {kind}"
    return Pair(f"{head}{written}:{tail}", f"{head} -> {kind}:{tail}")


@everyday
def stars_first(code: Code, rng: Random) -> Pair | None:
    """Give `**kwargs` before other parameters."""
    places = []
    for pair in bracketed(code, "("):
        is_definition = pair[0] > 1 and code.tokens[pair[0] - 2].text == "def"
        pieces = pieces_of(code, *pair) if is_definition else []
        if len(pieces) > 1 and code.tokens[pieces[-1][0]].text == "**":
            places.append(pieces)
    if not places:
        return None
    pieces = rng.choice(places)
    first = next((i for i, piece in enumerate(pieces) if code.tokens[piece[0]].text == "*"), len(pieces) - 2)
    at = first if rng.random() < 0.8 else rng.randrange(1, len(pieces))
    ordered = [*pieces[:at], pieces[-1], *pieces[at:-1]]
    edits = [(*old, text_of(code, new)) for old, new in zip(pieces, ordered, strict=True) if old != new]
    return Pair(edited(code, edits), code.text)


@everyday
def default_first(code: Code, rng: Random) -> Pair | None:
    """Give a parameter a default, and none to the one behind it, which gets `None`."""
    places = []
    for pair in bracketed(code, "("):
        is_definition = pair[0] > 1 and code.tokens[pair[0] - 2].text == "def"
        pieces = pieces_of(code, *pair) if is_definition else []
        plain = []
        for piece in pieces:
            if code.tokens[piece[0]].text in ("*", "/", "**"):
                break
            plain.append(piece)
        defaults = [i for i, piece in enumerate(plain) if _has(code, piece, "=")]
        late = [i for i in defaults[1:] if code.tokens[plain[i][1] - 1].text == "None"]
        if late and "/" not in {code.tokens[piece[0]].text for piece in pieces}:
            places.append((plain, late))
    if not places:
        return None
    plain, late = rng.choice(places)
    chosen = late if rng.random() < 0.3 else [rng.choice(late)]
    edits = []
    for i in chosen:
        equals = next(index for index in range(*plain[i]) if code.tokens[index].text == "=")
        start, end = code.tokens[equals - 1].end, code.tokens[plain[i][1] - 1].end
        edits.append((start, end))
    text = code.text
    for start, end in sorted(edits, reverse=True):
        text = text[:start] + text[end:]
    return Pair(text, code.text)


@everyday
def tuple_parameter(code: Code, rng: Random) -> Pair | None:
    """Unpack a parameter of a lambda, as Python 2 could: `lambda (k, v): v`."""
    a, b = rng.choice(_PAIRS)
    body = rng.choice(_BODIES)
    whole = f"{a}_{b}"
    written = f"lambda ({a}, {b}): " + body.format(a=a, b=b)
    meant = f"lambda {whole}: " + body.format(a=f"{whole}[0]", b=f"{whole}[1]")
    line = rng.choice(_APPLIED)
    margin, start = _any_line(code, rng)
    broken, fixed = (
        code.text[:start] + margin + line.format(text) + "\n" + code.text[start:] for text in (written, meant)
    )
    return Pair(broken, fixed)


@everyday
def lambda_header(code: Code, rng: Random) -> Pair | None:
    """Write `return`, another sign or nothing in place of the `:` of a lambda, or its parameters in brackets."""
    places = []
    for index in code.where("lambda"):
        colon = next((i for i in range(index, len(code.tokens)) if code.tokens[i].text in (":", "\n")), None)
        if colon is not None and code.tokens[colon].text == ":" and colon + 1 < len(code.tokens):
            places.append((index, colon))
    if not places:
        return None
    index, colon = rng.choice(places)
    if colon > index + 1 and rng.random() < 0.2:
        parameters = code.text[code.tokens[index + 1].start : code.tokens[colon - 1].end]
        if "," not in parameters:
            return Pair(edited(code, [(index + 1, colon, f"({parameters})")]), code.text)
    new = rng.choice((": return", " return", " ->", " =>", "", ";", " ="))
    return Pair(edited(code, [(colon, colon + 1, new)]), code.text)


def _has(code: Code, piece: tuple[int, int], text: str) -> bool:
    return any(code.tokens[index].text == text for index in items_in(code, piece[0] - 1, piece[1]))


def _any_line(code: Code, rng: Random) -> tuple[str, int]:
    """Return the indentation and the offset of a line that begins a statement."""
    starts = [0] + [index + 1 for index, token in enumerate(code.tokens) if token.kind == "newline"]
    fitting = [index for index in starts if index < len(code.tokens) and _begins(code, index)]
    if not fitting:
        return "", 0
    offset = code.tokens[rng.choice(fitting)].start
    start = code.text.rfind("\n", 0, offset) + 1
    return code.text[start:offset], start


def _begins(code: Code, index: int) -> bool:
    """Return whether a line begins a plain statement outside of brackets."""
    inside = any(first < index < last for first, last in code.pairs())
    return not inside and code.tokens[index].kind == "name"
