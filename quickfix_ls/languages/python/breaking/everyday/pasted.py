"""Everyday errors of text that was copied from elsewhere: typographic characters, comments of other languages,
Markdown, backslashes that do not belong there."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.wording import apostrophes, is_plain_string, new_statement, phrase
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token

_SIGNS = {
    "-": "−–—",
    "*": "×•·",
    "/": "÷∕",
    "(": "（",
    ")": "）",
    ",": "，",
    ":": "：",
    "[": "［【",
    "]": "］】",
    "=": "＝",
    "==": "＝",
    "<=": "≤",
    ">=": "≥",
    "!=": "≠",
    "+": "＋",
    "{": "｛",
    "}": "｝",
    ".": "。",
    "...": "…",
}
_INVISIBLE = "\u200b\u200b\ufeff\u200c\u2060\u00ad"
_LANGUAGES = ("python", "python", "py", "Python", "python3", "")


@everyday
def typographic_quotes(code: Code, rng: Random) -> Pair | None:
    """Write strings with typographic quotes: one, or all of the code."""
    text = apostrophes(rng) if rng.random() < 0.3 else phrase(rng)
    text = re.sub(r"(?<!\w)'|'(?!\w)", "", text).replace("'", "’" if rng.random() < 0.7 else "'")
    strings = [token for token in code.tokens if is_plain_string(token) and not set(token.text[1:-1]) & set("'\"\\")]
    if not strings or rng.random() < 0.4:
        place = new_statement(code, rng, rng.choice(("print({})", "word = {}", "print({}, name)", "word = input({})")))
        if place is None:
            return None
        quote = '"' if "'" in text or rng.random() < 0.7 else "'"
        opening, closing = _quotes(quote, rng)
        return Pair(place.with_operand(f"{opening}{text}{closing}"), place.with_operand(f"{quote}{text}{quote}"))
    chosen = strings if rng.random() < 0.5 else [rng.choice(strings)]
    broken = code.text
    for token in reversed(chosen):
        opening, closing = _quotes(token.text[0], rng)
        broken = broken[: token.start] + opening + token.text[1:-1] + closing + broken[token.end :]
    return Pair(broken, code.text)


@everyday
def odd_character(code: Code, rng: Random) -> Pair | None:
    """Put a character that looks like one of Python's in its place: `a − b`, a no-break space, a zero-width one."""
    kind = rng.random()
    if kind < 0.25:
        places = [at for at, char in enumerate(code.text) if char == " " and not _in_text(code, at)]
        count = rng.choice((1, 1, 2, len(places)))
        chosen = rng.sample(places, min(count, len(places)))
        space = rng.choice("\u00a0\u00a0\u00a0\u3000\u2003\u202f")
        broken = "".join(space if at in chosen else char for at, char in enumerate(code.text))
        return Pair(broken, code.text) if chosen else None
    if kind < 0.4:
        tokens = [token for token in code.tokens if token.kind in ("name", "op", "newline")]
        if not tokens:
            return None
        at = rng.choice(tokens).start
        return Pair(code.text[:at] + rng.choice(_INVISIBLE) + code.text[at:], code.text)
    tokens = [token for token in code.tokens if token.kind == "op" and token.text in _SIGNS]
    operators = [token for token in tokens if token.text not in (*OPENERS, *CLOSERS, ",", ":", ".", "=")]
    tokens = operators if operators and rng.random() < 0.65 else tokens
    if not tokens:
        return None
    token = rng.choice(tokens)
    sign = rng.choice(_SIGNS[token.text])
    same = [other for other in tokens if other.text == token.text] if rng.random() < 0.25 else [token]
    return Pair(_replaced(code, same, sign), code.text)


@everyday
def foreign_comment(code: Code, rng: Random) -> Pair | None:
    """Write a comment with the sign of another language: `// note`, `/* note */`, `-- note`."""
    text = apostrophes(rng) if rng.random() < 0.25 else phrase(rng).strip(" :")
    text = rng.choice((text, text, text, f"TODO: {text}", f"set {text.split(' ')[0]}", f"x = {rng.randrange(9)}"))
    way = rng.choices(("line", "behind", "block", "lines", "other"), (45, 20, 15, 12, 8))[0]
    if way == "behind":
        return _comment_behind(code, rng, text)
    if way == "block":
        return _statement_comment(code, rng, f"/* {text} */", f"# {text}")
    if way == "lines":
        return _statement_comment(code, rng, f"/*\n{{}} * {text}\n{{}} * {phrase(rng)}\n{{}} */", "")
    sign = rng.choice(("--", "--", ";", "<!--")) if way == "other" else "//"
    if sign == "<!--":
        return _statement_comment(code, rng, f"<!-- {text} -->", f"# {text}")
    space = " " if rng.random() < 0.9 or sign != "//" else ""
    return _statement_comment(code, rng, f"{sign}{space}{text}", f"#{space}{text}")


@everyday
def markdown_fence(code: Code, rng: Random) -> Pair | None:
    """Paste code with the fences of Markdown, or one of them, and words around."""
    fence, language = rng.choices(("```", "~~~"), (95, 5))[0], rng.choice(_LANGUAGES)
    text = code.text.rstrip("\n") + "\n"
    way = rng.random()
    if way < 0.55:
        return Pair(f"{fence}{language}\n{text}{fence}\n", text)
    if way < 0.7:
        return Pair(f"{fence}{language}\n{text}", text)
    if way < 0.8:
        return Pair(f"{text}{fence}\n", text)
    before = rng.choice(("Here is the code:", "Sure! Here's how:", "Try this:", "You can do it like this:"))
    after = rng.choice(("\nHope this helps!\n", "\nIt prints the result.\n", ""))
    return Pair(f"{before}\n\n{fence}{language}\n{text}{fence}\n{after}", text)


@everyday
def continued_with_space(code: Code, rng: Random) -> Pair | None:
    """Put white space, or a comment, behind the backslash that continues a line."""
    operators = [
        index
        for index, token in enumerate(code.tokens)
        if token.text in ("+", "-", "*", "and", "or", ",", "==", "=", "|")
        and index + 1 < len(code.tokens)
        and code.tokens[index + 1].kind not in ("newline", "comment")
        and token.end < code.tokens[index + 1].start
    ]
    if not operators:
        return None
    index = rng.choice(operators)
    end, start = code.tokens[index].end, code.tokens[index + 1].start
    indent = code.text[code.text.rfind("\n", 0, end) + 1 :]
    below = "\n" + indent[: len(indent) - len(indent.lstrip(" \t"))] + "    "
    head, tail = f"{code.text[:end]} \\", below + code.text[start:]
    return Pair(head + rng.choice((" ", " ", "  ", "\t")) + tail, head + tail)


@everyday
def backslash_for_slash(code: Code, rng: Random) -> Pair | None:
    """Divide with a backslash, or put backslashes before quotes: `a \\ b`, `print(\\"a\\")`."""
    if rng.random() < 0.3:
        strings = [token for token in code.tokens if is_plain_string(token) and "\\" not in token.text]
        strings = [token for token in strings if token.text[0] not in token.text[1:-1]]
        if not strings:
            return None
        token = rng.choice(strings)
        text = f"\\{token.text[:-1]}\\{token.text[-1]}"
        return Pair(code.text[: token.start] + text + code.text[token.end :], code.text)
    divisions = [token for token in code.tokens if token.text in ("/", "//") and token.kind == "op"]
    if divisions and rng.random() < 0.7:
        token = rng.choice(divisions)
        return Pair(_replaced(code, [token], "\\" if token.text == "/" else "\\\\"), code.text)
    place = new_statement(code, rng, rng.choice(("word = name {} 2", "print(name {} 2)", "number = (name + 1) {} 2")))
    return place and Pair(place.with_operand("\\"), place.with_operand("/"))


def _quotes(quote: str, rng: Random) -> tuple[str, str]:
    """Return the opening and the closing quote of a string, one of them at least typographic."""
    pairs = ("“”", "“”", "“”", "””", "““", "„“", "«»") if quote == '"' else ("‘’", "‘’", "’’", "‚‘")
    pair = rng.choice(pairs)
    opening, closing = pair[0], pair[1]
    straight = rng.random()
    return (quote, closing) if straight < 0.04 else (opening, quote) if straight < 0.08 else (opening, closing)


def _in_text(code: Code, at: int) -> bool:
    """Return whether an offset is inside of a string or a comment, which `code` doesn't have as a token."""
    line = code.text[code.text.rfind("\n", 0, at) + 1 : at]
    return "#" in line or any(token.start <= at < token.end for token in code.tokens if token.kind == "string")


def _replaced(code: Code, tokens: list[Token], new: str) -> str:
    text = code.text
    for token in sorted(tokens, reverse=True, key=lambda token: token.start):
        text = text[: token.start] + new + text[token.end :]
    return text


def _statement_comment(code: Code, rng: Random, broken: str, fixed: str) -> Pair | None:
    """Return a pair with a comment above a statement; `{}` in it becomes the indentation, and an empty `fixed` the
    comment with `#`."""
    place = new_statement(code, rng, "{}")
    if place is None:
        return None
    indent = place.head[place.head.rfind("\n") + 1 :]
    if not fixed:
        lines = [line.replace("{}", "").lstrip(" *") for line in broken.split("\n")[1:-1]]
        fixed = f"\n{indent}".join(f"# {line}" for line in lines)
    return Pair(place.with_operand(broken.replace("{}", indent)), place.with_operand(fixed))


def _comment_behind(code: Code, rng: Random, text: str) -> Pair | None:
    """Return a pair with a comment behind a line of code."""
    ends = [
        token.start
        for index, token in enumerate(code.tokens)
        if token.kind == "newline" and index and code.tokens[index - 1].kind != "newline"
    ]
    ends = [at for at in ends if "#" not in code.text[code.text.rfind("\n", 0, at) + 1 : at]]
    if not ends or len(text.split()) < 3:
        return None
    at = rng.choice(ends)
    head, tail = code.text[:at], code.text[at:]
    if rng.random() < 0.25:
        return Pair(f"{head} /* {text} */{tail}", f"{head} # {text}{tail}")
    return Pair(f"{head}  // {text}{tail}", f"{head}  # {text}{tail}")
