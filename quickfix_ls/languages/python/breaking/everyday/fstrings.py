"""Everyday errors in f-strings: braces, formats, quotes and backslashes in fields."""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.wording import Place, new_statement, phrase

_TEMPLATES = (
    "print({})",
    "print({})",
    "print({})",
    "text = {}",
    "return {}",
    "log.info({})",
    "raise ValueError({})",
    "lines.append({})",
    "print({}, name)",
    "word = {} + name",
    "title = make({}, 1)",
    "words = [{}, 'a']",
)
_FORMATS = (":.2f", ":.2f", ":.1f", ":>10", ":<8", ":,", ":,.2f", ":03d", ":d", ":.1%", ":^20", ":x", ":%Y-%m-%d", "!r")
_KEYS = ("name", "price", "id", "total", "user", "size", "a", "first name")


class _Text(NamedTuple):
    """The text of an f-string in a place of code: what is in front of a field, the field's expression and format, and
    what is behind it."""

    place: Place
    quote: str
    before: str
    expression: str
    form: str
    behind: str

    def broken_with(self, field: str) -> Pair:
        """Return the pair of the code with another text in the place of the field, and the code with the field."""
        return self.pair(field, f"{{{self.expression}{self.form}}}")

    def pair(self, broken: str, fixed: str) -> Pair:
        texts = [f"f{self.quote}{self.before}{field}{self.behind}{self.quote}" for field in (broken, fixed)]
        return Pair(self.place.with_operand(texts[0]), self.place.with_operand(texts[1]))


@everyday
def field_without_end(code: Code, rng: Random) -> Pair | None:
    """Leave out the brace that ends a field, also behind a format: `f"{price:.2f"`."""
    text = _text(code, rng)
    return text and text.broken_with("{" + text.expression + text.form)


@everyday
def field_without_beginning(code: Code, rng: Random) -> Pair | None:
    """Leave out the brace that begins a field, or double one of the two, or use another bracket."""
    text = _text(code, rng, simple=True)
    if text is None:
        return None
    inner = text.expression + text.form
    wrong = rng.choices(
        (f"{inner}}}", f"{{{inner}}}}}", f"{{{{{inner}}}", f"({inner}}}", f"{{{inner})"), (60, 12, 10, 6, 12)
    )
    return text.broken_with(wrong[0])


@everyday
def quotes_in_field(code: Code, rng: Random) -> Pair | None:
    """Use the quotes of the f-string in its fields: `f"{row["name"]}"`, before Python 3.12."""
    text = _text(code, rng)
    if text is None:
        return None
    quote, other = text.quote, {"'": '"', '"': "'"}[text.quote]
    expression = re.sub(r"\W.*", "", text.expression)
    inner = rng.choice(
        (
            f"{expression}[Q{rng.choice(_KEYS)}Q]",
            f"{expression}[Q{rng.choice(_KEYS)}Q]",
            f"{expression}[Q{rng.choice(_KEYS)}Q][Q{rng.choice(_KEYS)}Q]",
            f"{expression}.get(Q{rng.choice(_KEYS)}Q)",
            f"{expression}.get(Q{rng.choice(_KEYS)}Q, QnoneQ)",
            f"Q, Q.join({expression})",
            f"QyesQ if {expression} else QnoQ",
            f"{expression}.replace(QaQ, QbQ)",
            f"len({expression}[Q{rng.choice(_KEYS)}Q])",
        )
    )
    if rng.random() < 0.2:
        inner += f"}} {{{expression}[Q{rng.choice(_KEYS)}Q]"
    wrong = f"\\{quote}" if rng.random() < 0.15 and quote == '"' else quote
    text = text._replace(before=text.before.replace("'", ""), behind=text.behind.replace("'", ""))
    return text.pair("{" + inner.replace("Q", wrong) + "}", "{" + inner.replace("Q", other) + "}")


@everyday
def escape_in_field(code: Code, rng: Random) -> Pair | None:
    """Use a backslash in a field of an f-string, before Python 3.12: `f"{'\\n'.join(rows)}"`."""
    text = _text(code, rng)
    if text is None:
        return None
    other = {"'": '"', '"': "'"}[text.quote]
    inner = other if rng.random() < 0.75 else text.quote
    expression = re.sub(r"\W.*", "", text.expression)
    escape, name = rng.choices(
        (("\\n", "newline"), ("\\t", "tab"), ("\\\\", "backslash"), ("\\n\\n", "blank_line"), ("\\r\\n", "line_end")),
        (60, 15, 12, 8, 5),
    )[0]
    form = "{}.join({})" if name != "backslash" else "{1}.replace({0}, {2}/{2})"
    if name == "newline" and rng.random() < 0.2:
        form = "{1}.replace({0}, {2} {2})"
    literal = f"{inner}{escape}{inner}"
    pair = text.pair(
        "{" + form.format(literal, expression, other) + "}", "{" + form.format(name, expression, other) + "}"
    )
    broken, fixed = pair.broken, pair.fixed
    start = text.place.head.rfind("\n") + 1
    indent = re.match(r"[ \t]*", text.place.head[start:])
    line = f"{indent.group() if indent else ''}{name} = {literal}\n"
    if re.search(rf"\b{name}\b", text.place.head + text.place.tail):
        return None
    return Pair(broken, fixed[:start] + line + fixed[start:])


@everyday
def field_of_two_words(code: Code, rng: Random) -> Pair | None:
    """Put two names into one field: `f"{first last}"`."""
    text, other = _text(code, rng, simple=True), _name(code, rng)
    if text is None or not other or other == text.expression:
        return None
    names = [text.expression, other, *([_name(code, rng)] if rng.random() < 0.1 else [])]
    if not all(names):
        return None
    return text.pair("{" + " ".join(names) + "}", " ".join(f"{{{name}}}" for name in names))


@everyday
def field_without_expression(code: Code, rng: Random) -> Pair | None:
    """Leave a field empty, mostly since `.format` follows: `f"{} files".format(n)`."""
    text, other = _text(code, rng, simple=True), _name(code, rng)
    if text is None or not other:
        return None
    form = text.form if rng.random() < 0.25 and ":" in text.form else ""
    body = f"{text.before}{{{form}}}{text.behind.split('{')[0]}"
    literal = f"{text.quote}{body}{text.quote}"
    call = f".format({text.expression})"
    if rng.random() < 0.3:
        literal, call = f"{literal[:-1]} {{}}{text.quote}", f".format({text.expression}, {other})"
    if rng.random() < 0.75:
        return Pair(text.place.with_operand(f"f{literal}{call}"), text.place.with_operand(f"{literal}{call}"))
    if rng.random() < 0.5 and not form:
        place = new_statement(code, rng, "print({})")
        names = re.findall(r"\w+", call)[1:]
        filled = literal
        for name in names:
            filled = filled.replace("{}", f"{{{name}}}", 1)
        joined = ", ".join(names)
        return place and Pair(place.with_operand(f"f{literal}, {joined}"), place.with_operand(f"f{filled}"))
    plain = literal.replace(f"{{{form}}}", "{" + form + "}")
    return Pair(text.place.with_operand(f"f{plain}"), text.place.with_operand(plain))


@everyday
def format_of_field(code: Code, rng: Random) -> Pair | None:
    """Write a field's format without its colon or a conversion that is none: `f"{price.2f}"`, `f"{name!}"`."""
    text = _text(code, rng, simple=True)
    if text is None:
        return None
    form = rng.choice((":.2f", ":.2f", ":.1f", ":,.2f", ":.3f", ":.1%", "!r", "!s", "!"))
    inner = text.expression
    if form == "!":
        return text.pair(f"{{{inner}!}}", f"{{{inner}}}!")
    if form[0] == "!":
        return text.pair(f"{{{inner}{form.upper()}}}", f"{{{inner}{form}}}")
    if form.startswith(":,"):
        return text.pair(f"{{{inner}{form[1:]}}}", f"{{{inner}{form}}}")
    sign = rng.choices(("", ";", " "), (70, 15, 15))[0]
    return text.pair(f"{{{inner}{sign}{form[1:]}}}", f"{{{inner}{form}}}")


def _text(code: Code, rng: Random, *, simple: bool = False) -> _Text | None:
    """Return an f-string with one field in a new statement of the code; its expression is a name if it is `simple`."""
    place, name = new_statement(code, rng, rng.choice(_TEMPLATES)), _name(code, rng)
    if place is None or not name:
        return None
    expression = name
    if not simple:
        expression = rng.choice(
            (name, name, name, name, f"{name}.size", f"len({name})", f"{name}[0]", f"max({name}, 1)", f"{name} + 1")
        )
    form = rng.choice(_FORMATS) if rng.random() < 0.4 else ""
    words = phrase(rng).strip(" :?!")
    before, behind = rng.choice(
        (("", ""), (f"{words}: ", ""), (f"{words} ", ""), ("", f" {words}"), (f"{words} ", f" {phrase(rng).lower()}"))
    )
    if rng.random() < 0.25 and (other := _name(code, rng)):
        behind += f" {{{other}}}"
    return _Text(place, rng.choice('\'"""'), before, expression, form, behind)


def _name(code: Code, rng: Random) -> str:
    """Return a name of the code; empty if it has none."""
    names = [
        token.text for token in code.tokens if token.kind == "name" and token.text.islower() and len(token.text) > 1
    ]
    return rng.choice(names) if names else ""
