"""Operators that delete, insert, swap or replace tokens."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code, operator, shape


@operator
def delete_token(code: Code, rng: Random, detail: str) -> str | None:
    """Delete the token `detail`."""
    return code.at(rng, code.where(detail), 1, "")


@operator
def delete_run(code: Code, rng: Random, detail: str) -> str | None:
    """Delete several closing brackets in a row; `line` in the detail is a line end."""
    wanted = detail.split(" ")
    shapes = [shape(token) for token in code.tokens]
    places = [index for index in range(len(shapes)) if shapes[index : index + len(wanted)] == wanted]
    return code.at(rng, places, len(wanted), "")


@operator
def delete_pair(code: Code, rng: Random, detail: str) -> str | None:
    """Delete both brackets of a pair; the detail is the opening bracket."""
    pairs = [pair for pair in code.pairs() if code.tokens[pair[0]].text == detail]
    if not pairs:
        return None
    first, last = rng.choice(pairs)
    inner = Code.of(code.replaced(last, last + 1, ""))
    return inner.replaced(first, first + 1, " ")


@operator
def delete_word(code: Code, rng: Random, detail: str) -> str | None:
    """Delete a name, number or string; the detail is the kind."""
    return code.at(rng, code.of_shape(detail), 1, "")


@operator
def insert_token(code: Code, rng: Random, detail: str) -> str | None:
    """Insert a token: the detail is the shape of the token before the place, and the inserted token."""
    before, new = detail.split(" ", 1)
    return code.at(rng, code.after(before), 0, new)


@operator
def insert_word(code: Code, rng: Random, detail: str) -> str | None:
    """Insert a name that occurs elsewhere in the code; the detail is the shape of the token before the place."""
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
    """Replace a token by another: the detail is the right token, then the wrong one."""
    right, wrong = detail.split(" ")
    return code.at(rng, code.where(right), 1, wrong)


@operator
def swap_tokens(code: Code, rng: Random, detail: str) -> str | None:
    """Swap a token with the following one; the detail is the first token's shape."""
    tokens = code.tokens
    places = [index for index in code.of_shape(detail) if index + 1 < len(tokens)]
    places = [index for index in places if tokens[index + 1].kind != "newline"]
    if not places:
        return None
    index = rng.choice(places)
    return code.replaced(index, index + 2, f"{tokens[index + 1].text} {tokens[index].text}")


@operator
def quote(code: Code, rng: Random, detail: str) -> str | None:
    """Damage the quotes of a string, by detail:

    - `open`, `close`: delete the opening or closing quote.
    - `swap`: replace the closing quote by the other kind.
    - `extra`: insert a quote into the string.
    - `triple open`, `triple close`: delete the three opening or closing quotes of a triple-quoted string.
    - `triple short`: delete two of its closing quotes.
    - `stray`: insert a quote before a name.
    """
    if detail == "stray":
        names = [token for token in code.tokens if token.kind == "name"]
        at = rng.choice(names).start if names else 0
        return code.text[:at] + rng.choice("\"'") + code.text[at:] if names else None
    is_triple = detail.startswith("triple")
    places = [
        token for token in code.tokens if token.kind == "string" and (token.text[-3:] in ('"""', "'''")) is is_triple
    ]
    if not places:
        return None
    start, end = (token := rng.choice(places)).start, token.end
    text, mark = code.text, token.text[-1]
    if detail.endswith("open"):
        at = start + token.text.index(mark)
        return text[:at] + text[at + (3 if is_triple else 1) :]
    if is_triple:
        return text[: end - (2 if detail.endswith("short") else 3)] + text[end:]
    if detail == "close":
        return text[: end - 1] + text[end:]
    if detail == "swap":
        return text[: end - 1] + ('"' if mark == "'" else "'") + text[end:]
    at = rng.randint(start + token.text.index(mark) + 1, end)
    return text[:at] + mark + text[at:]
