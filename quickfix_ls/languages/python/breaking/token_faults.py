"""Tokens left out, added, exchanged or taken one for another."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code, operator, shape


@operator
def delete_token(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out the token `detail`."""
    return code.at(rng, code.where(detail), 1, "")


@operator
def delete_run(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out several closing brackets in a row; `line` in the detail is a line end."""
    wanted = detail.split(" ")
    shapes = [shape(token) for token in code.tokens]
    places = [index for index in range(len(shapes)) if shapes[index : index + len(wanted)] == wanted]
    return code.at(rng, places, len(wanted), "")


@operator
def delete_pair(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out both brackets of a pair; the detail is the opening one."""
    pairs = [pair for pair in code.pairs() if code.tokens[pair[0]].text == detail]
    if not pairs:
        return None
    first, last = rng.choice(pairs)
    inner = Code.of(code.replaced(last, last + 1, ""))
    return inner.replaced(first, first + 1, " ")


@operator
def delete_word(code: Code, rng: Random, detail: str) -> str | None:
    """Leave out a name, number or string; the detail says which of these."""
    return code.at(rng, code.of_shape(detail), 1, "")


@operator
def insert_token(code: Code, rng: Random, detail: str) -> str | None:
    """Add a token: the detail is what stands before the place, and the token."""
    before, new = detail.split(" ", 1)
    return code.at(rng, code.after(before), 0, new)


@operator
def insert_word(code: Code, rng: Random, detail: str) -> str | None:
    """Add a word that occurs elsewhere in the code; the detail is what stands before the place."""
    names = [token.text for token in code.tokens if token.kind == "name"]
    places = code.after(detail)
    return code.at(rng, places, 0, " " + rng.choice(names)) if names else None


@operator
def duplicate_token(code: Code, rng: Random, detail: str) -> str | None:
    """Write the token `detail` twice."""
    space = " " if detail.isalpha() else ""
    return code.at(rng, code.where(detail), 1, detail + space + detail)


@operator
def replace_token(code: Code, rng: Random, detail: str) -> str | None:
    """Write one token for another: the detail is the right one, then the wrong one."""
    right, wrong = detail.split(" ")
    return code.at(rng, code.where(right), 1, wrong)


@operator
def swap_tokens(code: Code, rng: Random, detail: str) -> str | None:
    """Exchange a token with the one behind it; the detail is the first one's shape."""
    tokens = code.tokens
    places = [index for index in code.of_shape(detail) if index + 1 < len(tokens)]
    places = [index for index in places if tokens[index + 1].kind != "newline"]
    if not places:
        return None
    index = rng.choice(places)
    return code.replaced(index, index + 2, f"{tokens[index + 1].text} {tokens[index].text}")


@operator
def quote(code: Code, rng: Random, detail: str) -> str | None:
    """Forget the `open` or the `close` quote of a string, `swap` one for the other kind, or write an `extra` one; of a
    triple-quoted one the three that open or close it (`triple open`, `triple close`), or two of those (`triple
    short`); or write a `stray` one before a name."""
    if detail == "stray":
        names = [one for one in code.tokens if one.kind == "name"]
        at = rng.choice(names).start if names else 0
        return code.text[:at] + rng.choice("\"'") + code.text[at:] if names else None
    is_triple = detail.startswith("triple")
    places = [one for one in code.tokens if one.kind == "string" and (one.text[-3:] in ('"""', "'''")) is is_triple]
    if not places:
        return None
    start, end = (one := rng.choice(places)).start, one.end
    text, mark = code.text, one.text[-1]
    if detail.endswith("open"):
        at = start + one.text.index(mark)
        return text[:at] + text[at + (3 if is_triple else 1) :]
    if is_triple:
        return text[: end - (2 if detail.endswith("short") else 3)] + text[end:]
    if detail == "close":
        return text[: end - 1] + text[end:]
    if detail == "swap":
        return text[: end - 1] + ('"' if mark == "'" else "'") + text[end:]
    at = rng.randint(start + one.text.index(mark) + 1, end)
    return text[:at] + mark + text[at:]
