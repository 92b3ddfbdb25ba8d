"""Everyday errors of missing quotes around texts and signs, and of quotes around names."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.wording import (
    apostrophes,
    is_plain_string,
    new_statement,
    phrase,
    windows_path,
)

_WORDS = (
    "print({})",
    "print({})",
    "print({})",
    "print({}, name)",
    "print({}, name)",
    "word = input({})",
    "word = input({})",
    "number = int(input({}))",
    "raise ValueError({})",
    "log.info({})",
    "word = {}",
    "name.title({})",
    "show(text={}, size=2)",
    "word = {{'a': {}, 'b': 1}}",
    "words = ['a', {}]",
    "if name == {}:\n    pass",
    "os.system({})",
    "return {}",
    "label = Label(name, text={})",
)
_SIGNS = (
    "parts = name.split({})",
    "parts = name.split({})",
    "word = name.strip({})",
    "count = name.count({})",
    "word = name.replace({}, 'a')",
    "word = {}.join(name)",
    "word = name.rstrip({})",
    "place = name.find({})",
    "if name.startswith({}):\n    pass",
    "print({})",
    "print({})",
    "print({})",
    "print({}, end='')",
    "print(name, {})",
    "print(name, {}, name)",
    "print(name, sep={})",
    "print(name, end={})",
    "if name == {}:\n    pass",
    "words.append({})",
)
_SIGN = re.compile(r"[-,;:|/+*=#.]+|\\\\n")
_NAMES_IN_QUOTES = frozenset({"def", "class", "for", "as", "import"})


@everyday
def words_without_quotes(code: Code, rng: Random) -> Pair | None:
    """Leave out both quotes of a text: `input(enter your age)`, `print(The sum is, total)`."""
    template = rng.choice(_WORDS)
    place = new_statement(code, rng, template)
    if place is None:
        return None
    text = phrase(rng) if "input" in template else phrase(rng).strip()
    text = text.strip(" :") if "==" in template else text
    quote = _usual(Code.of(place.with_operand("0")))
    way = rng.random()
    if way < 0.08:
        text = apostrophes(rng).strip()
        if re.search(r"(?<!\w)'|'(?!\w)", text):
            return None
    elif way < 0.14 and template in ("print({})", "word = {}"):
        text = rng.choice(("192.168.0.1", "2024-05-17", "10:30", "1.2.3", "/tmp/a.txt", "https://example.com/a"))
    elif way < 0.2:
        place, text = new_statement(code, rng, "text = open({})"), windows_path(rng).replace("\\\\server", "D:")
        return place and Pair(place.with_operand(text), place.with_operand(f"r{quote}{text}{quote}"))
    fixed = f'"{text}"' if quote in text else f"{quote}{text}{quote}"
    name = next((token.text for token in code.tokens if token.kind == "name" and token.text.islower()), "")
    if way > 0.93 and name and template.startswith("print({})"):
        text = f"{text.strip(' :')} {{{name}}}"
        fixed = f"f{quote}{text}{quote}"
    return Pair(place.with_operand(text), place.with_operand(fixed))


@everyday
def sign_without_quotes(code: Code, rng: Random) -> Pair | None:
    """Leave out both quotes of a sign: `split(,)`, `print(*)`."""
    strings = [
        token
        for token in code.tokens
        if is_plain_string(token) and re.fullmatch(r"[-,;:|/+*=#.]+|\\n", token.text[1:-1])
    ]
    if strings and rng.random() < 0.3:
        token, quote = rng.choice(strings), _usual(code)
        fixed = f"{code.text[: token.start]}{quote}{token.text[1:-1]}{quote}{code.text[token.end :]}"
        return Pair(code.text[: token.start] + token.text[1:-1] + code.text[token.end :], fixed)
    template = rng.choice(_SIGNS)
    place = new_statement(code, rng, template)
    signs = (
        ("*", "-", "=", "#", "*****", "-----", "+", "!", ":", "\\n", "|")
        if "print" in template
        else (
            ",",
            ",",
            ",",
            ";",
            ":",
            "-",
            "|",
            "/",
            ", ",
            "+",
            "\\n",
            "\\t",
            "=",
        )
    )
    sign = rng.choice(signs)
    if ".join" in template:
        sign = rng.choice((",", "-", "+", "|", ";"))
    quote = _usual(Code.of(place.with_operand("0"))) if place else '"'
    return place and Pair(place.with_operand(sign), place.with_operand(f"{quote}{sign}{quote}"))


@everyday
def name_in_quotes(code: Code, rng: Random) -> Pair | None:
    """Put a name in quotes where Python takes only a name: `def "area"(a):`, `call("size"=1)`, `for "i" in rows`."""
    tokens = code.tokens
    places = [
        index
        for index, token in enumerate(tokens)
        if token.kind == "name" and 0 < index < len(tokens) - 1
        if (tokens[index - 1].text in _NAMES_IN_QUOTES and tokens[index + 1].text != ".")
        or (tokens[index + 1].text == "=" and tokens[index - 1].text in ("(", ","))
        or (tokens[index + 1].text == "=" and tokens[index - 1].kind == "newline")
    ]
    chosen = [index for index in places if tokens[index - 1].text in ("def", "class")]
    if chosen and rng.random() < 0.55:
        places = chosen
    if not places:
        return None
    token, quote = tokens[rng.choice(places)], rng.choice("'\"")
    return Pair(f"{code.text[: token.start]}{quote}{token.text}{quote}{code.text[token.end :]}", code.text)


def _usual(code: Code) -> str:
    quotes = [token.text.lstrip("rRbBuUfFtT")[:1] for token in code.tokens if token.kind == "string"]
    return "'" if quotes.count("'") > quotes.count('"') else '"'
