"""The import statements at the beginning of a Python file: the names that they bind, and the place for another one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quickfix_ls.languages.python.lexer import lex


@dataclass(frozen=True, slots=True)
class Import:
    """An import statement; [start, end) is its span without comment and line end.

    `module` is empty for `import a, b`; `names` are pairs of (imported name, name that it is bound to).
    """

    start: int
    end: int
    module: str
    names: tuple[tuple[str, str], ...]

    @property
    def bound(self) -> dict[str, str]:
        """The names bound to whole modules, with those modules; empty for `from ... import ...`."""
        return {} if self.module else {alias: name for name, alias in self.names}


@dataclass(frozen=True, slots=True)
class ImportBlock:
    """The imports at the top of a file. A new one goes in at offset `place`, with `before` and `after` around it."""

    imports: tuple[Import, ...]
    place: int
    before: str
    after: str

    @property
    def modules(self) -> dict[str, str]:
        """The names bound to whole modules, with those modules."""
        return {alias: module for statement in self.imports for alias, module in statement.bound.items()}


_BLANK = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)")
_COMMENT = re.compile(r"[ \t\f]*#[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DOCSTRING = re.compile(
    r"[rRuU]?(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\\\"\r\n]|\\.)*\"|'(?:[^\\'\r\n]|\\.)*')"
    r"[ \t]*;?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
_IMPORT = re.compile(
    r"(?P<statement>(?:from[ \t]+[\w.]+[ \t]+import\b|import\b)"
    r"(?:\((?:[^)#]|\#[^\r\n]*)*\)|\\(?:\r\n|\r|\n)|[^\r\n;#(\\])*)"
    r"(?:\#[^\r\n]*)?(?:\r\n|\r|\n|\Z)"
)
_HEAD = re.compile(r"^[ \t]*(?=(?:from|import)[ \t])", re.MULTILINE)
_MAX_LENGTH = 4000
_FIRST_LINES = re.compile(r"#!|#.*coding[:=]")


def import_block(text: str) -> ImportBlock:
    """Return the leading imports of a file: those after its docstring, up to another statement. Never raises."""
    newline = "\r\n" if "\r\n" in text[:4000] else "\n"
    imports: list[Import] = []
    position = 0
    # A file begins with its first lines and its docstring; comments right before code belong to that code.
    header_end = comments_start = None
    seen_docstring = False
    while position < len(text):
        if blank := _BLANK.match(text, position):
            position = blank.end()
            if comments_start == 0 and not imports:
                header_end = position
            comments_start = None
        elif comment := _COMMENT.match(text, position):
            if comments_start is None:
                comments_start = position
            if position == (header_end or 0) and _FIRST_LINES.match(text, position):
                header_end = comments_start = comment.end()
            position = comment.end()
        elif not seen_docstring and not imports and (docstring := _DOCSTRING.match(text, position)):
            seen_docstring = True
            position = header_end = docstring.end()
            comments_start = None
        elif found := _IMPORT.match(text, position):
            imports.append(_import(found.group("statement"), position))
            position = header_end = found.end()
            comments_start = None
        else:
            break
    ended = position >= len(text)
    if imports:
        place = header_end or 0
        before = _line_end(text, place, newline)
        return ImportBlock(tuple(imports), place, before, "" if before else newline)
    place = comments_start if comments_start is not None and not ended else position
    defines = re.match(r"(?:async[ \t]+)?(?:def|class)\b|@", text[position : position + 40])
    gap = "" if ended else newline * (2 if defines else 1)
    before = _line_end(text, place, newline)
    if seen_docstring and place == header_end and not before:
        before = newline
    return ImportBlock((), place, before, newline + gap)


def import_at(text: str, position: int) -> Import | None:
    """Return the import statement that contains an offset, at any indentation; None if there is none."""
    for head in reversed([*_HEAD.finditer(text, max(0, position - _MAX_LENGTH), position + 1)]):
        found = _IMPORT.match(text, head.end())
        if found is not None:
            statement = _import(found.group("statement"), head.end())
            return statement if statement.start <= position <= statement.end else None
    return None


def _line_end(text: str, place: int, newline: str) -> str:
    return newline if place and text[place - 1] not in "\r\n" else ""


def _import(statement: str, start: int) -> Import:
    words = [token.text for token in lex(statement) if token.kind not in ("newline", "comment")]
    module = ""
    if words[0] == "from" and "import" in words:
        module = "".join(words[1 : words.index("import")])
        words = words[words.index("import") :]
    names: list[tuple[str, str]] = []
    item: list[str] = []
    for word in [*words[1:], ","]:
        if word == "," and item:
            name, _, alias = " ".join(item).partition(" as ")
            name = name.replace(" ", "")
            if alias or module or "." not in name:
                names.append((name, alias or name))
            item = []
        elif word not in ("(", ")", ","):
            item.append(word)
    return Import(start, start + len(statement.rstrip()), module, tuple(names))
