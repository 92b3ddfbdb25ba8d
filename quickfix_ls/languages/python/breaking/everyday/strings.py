"""Everyday errors in strings: quotes inside of quotes, backslashes, text over lines, quotes that are missing or
unequal."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.wording import (
    Place,
    apostrophes,
    is_plain_string,
    new_statement,
    phrase,
    place_for_text,
    quoted,
    windows_path,
)

_OTHER = {"'": '"', '"': "'"}
_PATHS = (
    "text = open({})",
    "text = open({}, 'r')",
    "path = {}",
    "path = {}",
    "path = os.path.join({}, name)",
    "os.chdir({})",
    "frame = pd.read_csv({})",
    "name.path = {}",
    "copy({}, name)",
    "paths = [{}, 'a']",
)
_FOLDERS = (
    "path = {}",
    "path = {} + name",
    "text = open({} + name + '.txt')",
    "path = os.path.join({}, 'a')",
    "paths = {{'a': {}, 'b': 1}}",
    "os.listdir({})",
    "name.folder = {}",
)
_BACKSLASHES = (
    "parts = name.split({})",
    "word = name.replace({}, '/')",
    "if name == {}:\n    pass",
    "word = name.strip({})",
    "signs = ['/', {}]",
    "word = name.replace('/', {})",
    "word = {}.join(name)",
)
_LINES = (
    "text = {}",
    "text = {}",
    "print({})",
    "query = {}",
    "name.execute({})",
    "send({}, name)",
    "text = name + {}",
    "html = {}",
    "return {}",
)


@everyday
def apostrophe_in_string(code: Code, rng: Random) -> Pair | None:
    """Put a text with apostrophes in single quotes: `'it's late'`."""
    count = rng.choices((1, 2), (85, 15))[0]
    texts = [apostrophes(rng) for _ in range(count)]
    place = place_for_text(code, rng) if count == 1 else new_statement(code, rng, "words = [{}]")
    if place is None:
        return None
    prefix = ""
    if count == 1 and rng.random() < 0.12:
        prefix, texts[0] = "f", re.sub(r"^\w+", "{name}", texts[0])
    broken = ", ".join(f"{prefix}'{text}'" for text in texts)
    fixed = ", ".join(f'{prefix}"{text}"' for text in texts)
    return Pair(place.with_operand(broken), place.with_operand(fixed))


@everyday
def quotes_in_string(code: Code, rng: Random) -> Pair | None:
    """Put a text with double quotes in double quotes: `"He said "go" twice"`."""
    place, text = place_for_text(code, rng), quoted(rng)
    if place is None:
        return None
    if rng.random() < 0.1:
        text = f"{text}, it's"
        return Pair(place.with_operand(f'"{text}"'), place.with_operand('"' + text.replace('"', '\\"') + '"'))
    return Pair(place.with_operand(f'"{text}"'), place.with_operand(f"'{text}'"))


@everyday
def backslash_before_quote(code: Code, rng: Random) -> Pair | None:
    """End a string with a single backslash: `'C:\\data\\'`, `split('\\')`."""
    quote = rng.choice("'\"")
    if rng.random() < 0.3:
        place = new_statement(code, rng, rng.choice(_BACKSLASHES))
        return _with(place, f"{quote}\\{quote}", f"{quote}\\\\{quote}")
    path = re.sub(r"\.\w+$", "", windows_path(rng)).replace("\\\\server", "C:") + "\\"
    place = new_statement(code, rng, rng.choice(_FOLDERS))
    prefix = "r" if rng.random() < 0.12 else ""
    return _with(place, f"{prefix}{quote}{path}{quote}", f"{quote}{_doubled(path)}{quote}")


@everyday
def undecodable_path(code: Code, rng: Random) -> Pair | None:
    """Write a Windows path with `\\U`, `\\x`, `\\u` or `\\N` in a plain string: `"C:\\Users"`."""
    quote = rng.choice("'\"")
    name = rng.choice(("Users", "Users", "Users", "users", "New", "xml", "User data", "Notes", "update", "x64"))
    path = f"{rng.choice(('C:', 'C:', 'D:'))}\\{name}\\" + "\\".join(windows_path(rng).split("\\")[-2:]).lstrip("\\")
    if rng.random() < 0.1:
        path = f"{phrase(rng).strip(' :')} {path.split(' ')[0]}\\n"
        place = place_for_text(code, rng)
        return _with(place, f"{quote}{path}{quote}", f"{quote}{_doubled(path[:-2])}\\n{quote}")
    place = new_statement(code, rng, rng.choice(_PATHS))
    return _with(place, f"{quote}{path}{quote}", f"r{quote}{path}{quote}")


@everyday
def text_over_lines(code: Code, rng: Random) -> Pair | None:
    """Let a string in single or double quotes go on over several lines."""
    place, quote = new_statement(code, rng, rng.choice(_LINES)), rng.choice('\'"""')
    lines = [phrase(rng).strip() for _ in range(rng.choice((2, 2, 2, 3, 3, 4, 6)))]
    if rng.random() < 0.25:
        lines = [f"SELECT {rng.choice('abc')}", "FROM names", f"WHERE a = {rng.randrange(9)}"][: max(2, len(lines))]
    elif rng.random() < 0.15:
        lines = [f"<p>{line}</p>" for line in lines]
    indent = " " * rng.choice((0, 0, 0, 4, 8))
    if rng.random() < 0.2:
        lines = ["", *lines, ""]
    if quote == '"' and rng.random() < 0.2:
        lines[-1] += " it's here" if lines[-1] else ""
    text = f"\n{indent}".join(lines)
    prefix = "f" if rng.random() < 0.1 else ""
    return _with(place, f"{prefix}{quote}{text}{quote}", f"{prefix}{quote * 3}{text}{quote * 3}")


@everyday
def quote_at_one_end(code: Code, rng: Random) -> Pair | None:
    """Leave out one of a string's quotes, mostly the closing one, in a call, a list or a dict."""
    strings = [token for token in code.tokens if is_plain_string(token) and len(token.text) > 3]
    if strings and rng.random() < 0.5:
        token = rng.choice(strings)
        start, end, fixed = token.start, token.end, code.text
    else:
        place = place_for_text(code, rng)
        if place is None:
            return None
        quote = rng.choice("'\"")
        text = quote + phrase(rng) + quote
        start, end, fixed = len(place.head), len(place.head) + len(text), place.with_operand(text)
    at = end - 1 if rng.random() < 0.75 else start
    return Pair(fixed[:at] + fixed[at + 1 :], fixed)


@everyday
def unequal_quotes(code: Code, rng: Random) -> Pair | None:
    """End a string with the other quote: `"hello'`."""
    strings = [token for token in code.tokens if is_plain_string(token) and not set(token.text[1:-1]) & {"'", '"'}]
    if strings and rng.random() < 0.6:
        token = rng.choice(strings)
        text, fixed = token.text, code.text
        start = token.start
    else:
        place, quote = place_for_text(code, rng), rng.choice("'\"")
        if place is None:
            return None
        text = quote + phrase(rng) + quote
        start, fixed = len(place.head), place.with_operand(text)
    # The end is more often wrong than the beginning, which the author saw while writing.
    wrong = text[:-1] + _OTHER[text[0]] if rng.random() < 0.85 else _OTHER[text[0]] + text[1:]
    return Pair(fixed[:start] + wrong + fixed[start + len(text) :], fixed)


def _with(place: Place | None, broken: str, fixed: str) -> Pair | None:
    return Pair(place.with_operand(broken), place.with_operand(fixed)) if place else None


def _doubled(path: str) -> str:
    return path.replace("\\", "\\\\")
