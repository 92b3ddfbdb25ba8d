"""Everyday errors at the end of strings in triple quotes."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.wording import new_statement, phrase
from quickfix_ls.languages.python.prose import is_code
from quickfix_ls.lexing.tokens import Token


@everyday
def docstring_without_end(code: Code, rng: Random) -> Pair | None:
    """Leave out the quotes that end a docstring, so that it takes in the code below."""
    found = _with_docstring(code, rng)
    if found is None:
        return None
    code, token = found
    quotes = token.text[-3:]
    lines = token.text[:-3].rstrip().split("\n")
    indent = code.text[code.text.rfind("\n", 0, token.start) + 1 : token.start]
    if len(lines) > 1:
        broken, fixed = "\n".join(lines), "\n".join([*lines, indent + quotes])
    else:
        broken, fixed = lines[0], lines[0] + quotes
    return _replaced(code, token, broken, fixed)


@everyday
def docstring_half_closed(code: Code, rng: Random) -> Pair | None:
    """End a docstring with two quotes or one, or begin it with two."""
    found = _with_docstring(code, rng)
    if found is None:
        return None
    code, token = found
    text, quote = token.text, token.text[-1]
    if text[:-3].endswith((quote, "\\")) or quote in text[3:-3]:
        return None
    ways = (text[:-1], text[:-2], text[1:])
    return _replaced(code, token, rng.choices(ways, (60, 25, 15))[0], text)


@everyday
def text_without_end(code: Code, rng: Random) -> Pair | None:
    """Leave out the quotes that end a text in triple quotes, or some of them."""
    quotes = rng.choice(('"""', '"""', "'''"))
    template = rng.choice(("text = {}", "query = {}", "print({})", "html = {}", "name.execute({})"))
    place = new_statement(code, rng, template)
    lines = [phrase(rng).strip() for _ in range(rng.choice((2, 3, 3, 4)))]
    if place is None:
        return None
    indent = place.head[place.head.rfind("\n") + 1 :]
    indent = indent[: len(indent) - len(indent.lstrip())]
    if rng.random() < 0.6 and template.endswith("{}"):
        body = "\n".join([quotes, *(indent + line for line in lines), ""])
        broken, fixed = body.rstrip(), f"{body}{indent}{quotes}"
    else:
        body = f"\n{indent}".join(lines)
        broken, fixed = quotes + body, f"{quotes}{body}{quotes}"
    if not template.endswith("{}") or rng.random() < 0.5:
        broken = fixed[: -rng.choice((1, 1, 2))]
    return Pair(place.with_operand(broken), place.with_operand(fixed))


def _with_docstring(code: Code, rng: Random) -> tuple[Code, Token] | None:
    """Return the code and one of its docstrings without lines of code, put in where it has none; None if it can't have
    one."""
    tokens = [
        token
        for index, token in enumerate(code.tokens)
        if token.kind == "string"
        and token.text[:3] in ('"""', "'''")
        and _is_statement(code, index)
        and not any(is_code(line) for line in token.text[3:-3].split("\n")[1:])
        and code.text[token.end :].strip()
    ]
    if tokens:
        return code, rng.choice(tokens)
    headers = [
        index + 1
        for index, token in enumerate(code.tokens)
        if token.text == ":" and index + 1 < len(code.tokens) and code.tokens[index + 1].kind == "newline"
        if {"def", "class"} & set(code.line_before(index)[-2:])
    ]
    if not headers:
        return None
    end = code.tokens[rng.choice(headers)].end
    line = code.text[end:].lstrip("\n").split("\n", 1)[0]
    indent = line[: len(line) - len(line.lstrip())]
    text = phrase(rng).strip(" :?!").capitalize() + "."
    if rng.random() < 0.4:
        text += f"\n\n{indent}{phrase(rng).strip(' :')}.\n{indent}"
    docstring = f'"""{text}"""'
    made = Code.of(f"{code.text[:end]}{indent}{docstring}\n{code.text[end:]}")
    return made, next(token for token in made.tokens if token.start == end + len(indent))


def _is_statement(code: Code, index: int) -> bool:
    """Return whether a string is a statement of its own, the first of a block."""
    after = code.tokens[index + 1] if index + 1 < len(code.tokens) else None
    return (index == 0 or code.tokens[index - 1].kind == "newline") and (after is None or after.kind == "newline")


def _replaced(code: Code, token: Token, broken: str, fixed: str) -> Pair:
    head, tail = code.text[: token.start], code.text[token.end :]
    return Pair(head + broken + tail, head + fixed + tail)
