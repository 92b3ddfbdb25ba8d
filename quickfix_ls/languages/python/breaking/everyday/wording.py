"""Text for strings in code that has none: phrases, and the statements in which everyday code has them."""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.languages.python.names.known import bound_by_tokens
from quickfix_ls.lexing.tokens import Token

_NOUNS = (
    "file",
    "user",
    "name",
    "order",
    "table",
    "report",
    "game",
    "player",
    "score",
    "number",
    "message",
    "server",
    "list",
    "answer",
    "door",
    "city",
    "price",
    "book",
    "day",
    "row",
    "value",
    "page",
    "account",
    "robot",
    "dog",
    "customer",
)
_ADJECTIVES = ("new", "empty", "big", "next", "last", "wrong", "open", "ready", "long", "first", "free", "total")
_VERBS = ("open", "find", "read", "send", "save", "play", "load", "stop", "start", "close", "buy", "count")
_NAMES = ("Ann", "Bob", "Maria", "Tom", "Lee", "Sam", "Kim", "Noah", "Ines", "Omar")
_CONTRACTIONS = (
    "it's",
    "don't",
    "can't",
    "I'm",
    "you're",
    "we're",
    "that's",
    "what's",
    "isn't",
    "doesn't",
    "didn't",
    "won't",
    "they've",
    "let's",
    "there's",
    "couldn't",
    "he's",
    "I'll",
    "wasn't",
    "haven't",
    "who's",
)
_SURNAMES = ("O'Neil", "O'Brien", "D'Angelo", "O'Hara", "d'Artagnan")
_TEMPLATES = (
    "print({})",
    "print({})",
    "print({})",
    "print({})",
    "print({}, name)",
    "print(name, {})",
    "word = {}",
    "text = {}",
    "word = input({})",
    "number = int(input({}))",
    "return {}",
    "raise ValueError({})",
    "log.info({})",
    "name.title = {}",
    "word = name + {}",
    "print({} + str(name))",
    "words = [{}, 'a']",
    "words = ['a', {}]",
    "word = {{'a': {}, 'b': 1}}",
    "word = {{'a': 1, 'b': {}}}",
    "put(name, {}, key=1)",
    "word = {} if name else ''",
    "word = make({})",
    "yield {}",
    "name.add({}, 'a')",
    "if name == {}:\n    print(name)",
    "assert name, {}",
    "print({} % name)",
    "show(text={}, size=2)",
)


class Place(NamedTuple):
    """A place for an operand in correct code: the text before and behind it."""

    head: str
    tail: str

    def with_operand(self, text: str) -> str:
        """Return the code with an operand in this place."""
        return self.head + text + self.tail


def phrase(rng: Random) -> str:
    """Return a few words without quotes, braces or backslashes."""
    noun, other, adjective, verb = rng.choice(_NOUNS), rng.choice(_NOUNS), rng.choice(_ADJECTIVES), rng.choice(_VERBS)
    person = rng.choice(_NAMES)
    return rng.choice(
        (
            f"Enter your {noun}: ",
            f"Enter the {adjective} {noun}: ",
            f"What is your {noun}?",
            f"The {noun} is {adjective}",
            f"{noun} not found",
            f"Could not {verb} the {noun}",
            f"Hello {person}",
            f"Hello, {person}!",
            f"Welcome to the {noun} {other}",
            f"please {verb} the {noun}",
            f"{verb} {noun}",
            f"{person} and the {noun}",
            f"the {adjective} {noun}",
            f"no {noun} to {verb} yet",
            f"{adjective.title()} {noun}",
            f"Thank you, {person}",
            f"{verb.title()} the {noun} again!",
            f"You have to {verb} it",
            f"This {noun} has a {other}",
            f"{person} {rng.choice(_NAMES)}son",
            f"{noun} {rng.randrange(90)} of {other}",
            f"Total {noun}s: ",
        )
    )


def apostrophes(rng: Random) -> str:
    """Return a few words with an apostrophe or several: contractions, possessives, quoted words, names."""
    words, word = phrase(rng).strip(" :"), rng.choice(_CONTRACTIONS)
    noun, person = rng.choice(_NOUNS), rng.choice(_NAMES)
    return rng.choice(
        (
            f"{word} {words}",
            f"{words} {word}",
            f"{words}, {word} {noun}",
            word,
            f"{word.title()} {noun}".replace("'S", "'s"),
            f"{person}'s {noun}",
            f"the {noun}'s {rng.choice(_NOUNS)}",
            f"the {noun}s' {rng.choice(_NOUNS)}",
            f"{rng.choice(_SURNAMES)}",
            f"{person} {rng.choice(_SURNAMES)}",
            f"{word} {noun}, {rng.choice(_CONTRACTIONS)} it?",
            f"the '{noun}' {words}",
            f"{words} '{noun}'",
            f"SELECT * FROM {noun} WHERE {rng.choice(_NOUNS)} = '{person}'",
            f"{word} {rng.choice(_CONTRACTIONS)} {noun}",
            f"{words}: {word} ",
            f"five o'clock {noun}",
        )
    )


def quoted(rng: Random) -> str:
    """Return a few words with words in double quotes among them."""
    noun, other, person = rng.choice(_NOUNS), rng.choice(_NOUNS), rng.choice(_NAMES)
    return rng.choice(
        (
            f'{person} said "{noun}" to me',
            f'Press "{noun[0]}" to {rng.choice(_VERBS)}',
            f'the "{noun}" {other}',
            f'{phrase(rng).strip(" :")} "{noun}"',
            f'"{noun}" {other}',
            f'<a href="{noun}.html">{other}</a>',
            f'<div class="{noun}" id="{other}">',
            f'{person} said "{noun} {other}", then left',
            f'no "{noun}" and no "{other}"',
            f'echo "{noun} {other}" > out.txt',
            f'{{"{noun}": {rng.randrange(90)}, "{other}": 2}}',
            f'"{noun}" is "{other}"',
            f'type "{noun}" or "{other}".',
        )
    )


def windows_path(rng: Random) -> str:
    """Return a Windows path, with or without a folder at its end."""
    folders = rng.sample(_NOUNS, rng.randrange(1, 4))
    drive = rng.choice(("C:", "C:", "D:", "E:", "..", "\\\\server"))
    return "\\".join((drive, *folders)) + rng.choice(("", "", ".txt", ".csv"))


def place_for_text(code: Code, rng: Random, templates: tuple[str, ...] = _TEMPLATES) -> Place | None:
    """Return a place for a string: that of a string of the code, or in a new statement; None if there is none."""
    strings = [index for index, token in enumerate(code.tokens) if is_plain_string(token) and _is_alone(code, index)]
    if strings and rng.random() < 0.35 and templates is _TEMPLATES:
        token = code.tokens[rng.choice(strings)]
        return Place(code.text[: token.start], code.text[token.end :])
    return new_statement(code, rng, rng.choice(templates))


def new_statement(code: Code, rng: Random, template: str) -> Place | None:
    """Return the place of `{}` in a statement that is put before one of the code's simple statements, at its level.

    `name` in the template becomes a name of the code; strings in it get the quotes that are usual in the code.
    """
    starts = _statement_starts(code)
    bound = set(bound_by_tokens(code.tokens))
    names = [name for name in sorted(bound) if name.islower() and len(name) > 1]
    if not starts:
        return None
    start = rng.choice(starts)
    indent = code.text[code.text.rfind("\n", 0, start) + 1 : start]
    quotes = [token.text[0] for token in code.tokens if is_plain_string(token)]
    text = template.replace("name", rng.choice(names) if names else "__name__")
    if quotes.count('"') > quotes.count("'"):
        text = text.replace("'", '"')
    if text.startswith(("return", "yield")) and not indent:
        text = re.sub(r"^(?:return|yield) ", "text = ", text)
    before, after = text.split("{}", 1)
    lines = after.replace("\n", "\n" + indent)
    head = code.text[:start] + before.replace("{{", "{")
    return Place(head, f"{lines.replace('}}', '}')}\n{indent}{code.text[start:]}")


def is_plain_string(token: Token) -> bool:
    """Return whether a token is a string without a prefix, in single or double quotes."""
    return token.kind == "string" and token.text[0] in "\"'" and token.text[:3] not in ('"""', "'''")


def _is_alone(code: Code, index: int) -> bool:
    """Return whether a string is a whole operand inside of a statement."""
    before = code.tokens[index - 1] if index else None
    after = code.tokens[index + 1] if index + 1 < len(code.tokens) else None
    if before is None or before.kind in ("newline", "string", "number") or (after and after.kind == "string"):
        return False
    return after is None or after.text not in ("[", ".", ":")


def _statement_starts(code: Code) -> list[int]:
    """Return the offsets at which simple statements begin on lines of their own."""
    found: list[int] = []
    depth, begins = 0, True
    for token in code.tokens:
        if token.kind == "newline":
            begins = not depth
            continue
        if begins and (token.kind == "name" or token.text in ("return", "raise", "assert", "del")):
            found.append(token.start)
        begins = False
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
    return [start for start in found if not code.text[:start].rstrip(" \t").endswith(":")]
