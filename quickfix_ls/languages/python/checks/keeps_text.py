"""Check that a change keeps text: that of a string whose quotes don't pair up, as in `'it's late'`, where `late` may
neither be deleted nor be made a name, and words that lack their quotes, as in `print(Hello world)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.fixers.bare_text import bare_texts
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import FOREIGN
from quickfix_ls.languages.python.foreign_comments import foreign_comments
from quickfix_ls.languages.python.lexer import lexed
from quickfix_ls.languages.python.names.known import is_known
from quickfix_ls.languages.python.plain_characters import PLAIN
from quickfix_ls.languages.python.prose import is_code
from quickfix_ls.languages.python.quote_costs import OTHER, Literal
from quickfix_ls.languages.python.quote_readings import line_readings, lines_at, readings_near
from quickfix_ls.languages.python.string_escapes import parts_of
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit, Span

COST = 1
STAGE = "step"

_MAX_COST = 3.0
"""The greatest cost of a reading, for each string that it repairs, that counts as certain."""
_OPERAND = re.compile(r"\s*[^\W\d][\w.]*(?:\([^()]*\)|\[[^\[\]]*\])?\s*")
_ADDRESS = re.compile(r"[a-z]{3,6}://|[A-Za-z]:\\|~?/[\w.-]+/")
_SENTENCE = re.compile(r"[^\W\d_]+(?:[ ,'’]+[^\W_]+)*[.!?:]?")
_IN_EXPRESSIONS = frozenset({"for", "lambda", "if", "else", "as", "from", "import", "in", "is", "await", "def"})
_WORD = re.compile(r"\w+")
_FIELD = re.compile(r"\{[^{}]*\}")
_INSIDE = re.compile(r"f-string|\((?:unicode|value) error\)")
"""The beginning of the messages about errors inside of a string."""


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if the change edits the line of such a string, and then its text is no
    longer in one string, or, where some of it may be code, lacks some of its words; or if the change deletes a string
    that has an error inside."""
    if change.problem.kind != "syntax" or not change.inside:
        return ""
    if _INSIDE.match(change.problem.message) and any(map(partial(_deletes_string, change), change.inside)):
        raise Refused("it deletes the text")
    start = change.before.start
    span = Span(change.problem.span.start - start, change.problem.span.end - start)
    text = change.before.text
    if any(map(partial(_drops_sign, change), change.inside)):
        raise Refused("it drops a sign that has another form in Python")
    if not all(_keeps_comment(change, comment) for comment in _comments(change)):
        raise Refused("it makes code of a comment, or deletes it")
    for words in _bare_texts(change, span):
        is_sentence = words.rstrip()[-1:] in ("!", "?", ".") or len(words.split()) > 2
        if not (_keeps_signs if is_sentence else _keeps_words)(change, words):
            raise Refused("it deletes some of a text")
    for literal, is_certain in likely_strings(text, span):
        line = text.rfind("\n", 0, literal.start) + 1, text.find("\n", literal.end)
        first, last = line[0] + start, (line[1] if line[1] >= 0 else len(text)) + start
        if not any(edit.span.start <= last and edit.span.end >= first for edit in change.inside):
            continue
        if not (_keeps if is_certain else _keeps_words)(change, text[literal.body : literal.end]):
            raise Refused("it takes text apart")
    return ""


@lru_cache(maxsize=16)
def likely_strings(text: str, span: Span) -> tuple[tuple[Literal, bool], ...]:
    """Return the strings near a span that the lexer ends too early, by the likeliest reading of each line, and whether
    that is certain."""
    found: list[tuple[Literal, bool]] = []
    lines: set[int] = set()
    for reading in readings_near(text, span):
        line = text.rfind("\n", 0, reading.faulty[0].start)
        if line not in lines and reading.cost <= _MAX_COST * len(reading.faulty):
            closed = [literal for literal in reading.faulty if literal.opening and literal.closing]
            found += [(literal, _is_certain(text, literal)) for literal in closed]
        lines.add(line)
    return tuple(found)


def _bare_texts(change: Change, span: Span) -> tuple[str, ...]:
    """Return the texts without quotes on those lines near a span that the change edits: several words that are no names
    of the file."""
    known = change.index.derived(_known_texts)
    key = change.before.text, span
    if key not in known:
        known[key] = [
            ((start, end), line[bare.start : bare.end])
            for start, end in lines_at(*key)
            for line in (change.before.text[start:end],)
            if not line_readings(line)
            for texts in bare_texts(line, partial(is_known, change.index))
            for bare in texts
            if _is_sentence(line[bare.start : bare.end], change.index)
        ]
    edits = [(edit.span.start - change.before.start, edit.span.end - change.before.start) for edit in change.inside]
    return tuple(
        text for (start, end), text in known[key] if any(first <= end and last >= start for first, last in edits)
    )


def _keeps_comment(change: Change, comment: str) -> bool:
    """Return whether a comment of another language is a comment afterwards, or a block without its signs; or whether it
    was code that somebody had commented out."""
    words = Counter(_WORD.findall(comment))
    after = _changed_lines(change)
    found = Counter(word for token in lexed(after) if token.kind == "comment" for word in _WORD.findall(token.text))
    if not words - found or (comment.startswith("//") and is_code(comment.lstrip("/"))):
        return True
    inner = re.escape(comment[2:-2].strip())
    return comment.startswith("/*") and re.search(rf"(?<![*/\s])\s*{inner}\s*(?![*/\s])", after) is not None


def _comments(change: Change) -> Iterator[str]:
    """Yield the comments of other languages on the lines that the change edits."""
    text, start = change.before.text, change.before.start
    for comment in foreign_comments(text):
        first = text.rfind("\n", 0, comment.start) + 1 + start
        if any(edit.span.start <= comment.end + start and edit.span.end >= first for edit in change.inside):
            yield text[comment.start : comment.end]


def _known_texts(_: Index) -> dict[tuple[str, Span], list[tuple[tuple[int, int], str]]]:
    return {}


def _is_sentence(text: str, index: Index) -> bool:
    """Return whether a text is certainly no code with another error: an address or a path, or several words of which
    two at least are no names of the file, without words that are part of expressions unless it ends like a sentence."""
    if _ADDRESS.match(text):
        return True
    words = _WORD.findall(text)
    if _SENTENCE.fullmatch(text.strip()) is None or words[0] in FOREIGN:
        return False
    if text.rstrip()[-1] in "!?":
        return len(words) > 1
    unknown = [word for word in words if not is_known(index, word)]
    return len(words) > 2 and len(unknown) > 1 and not _IN_EXPRESSIONS & set(words)


def _is_certain(text: str, literal: Literal) -> bool:
    """Return whether what lies between the quotes is hardly code: no operand that lacks an operator on both sides."""
    if literal.is_escaped or literal.opening != literal.closing:
        return literal.is_escaped
    if any(_is_apostrophe(text, place) for place in literal.inner):
        return True
    places = (literal.body - 1, *literal.inner, literal.end)
    pieces = [text[places[at] + 1 : places[at + 1]] for at in range(1, len(places) - 1, 2)]
    return any(_OPERAND.fullmatch(piece) is None and _WORD.search(piece) for piece in pieces)


def _is_apostrophe(text: str, place: int) -> bool:
    return text[place] == "'" and text[place - 1].isalpha() and text[place + 1 : place + 2].isalpha()


def _keeps(change: Change, body: str) -> bool:
    """Return whether a string with this text, apart from quotes, backslashes and what is in braces, is in the changed
    lines."""
    wanted = _plain(body)
    literals = (parts_of(token.text) for token in lexed(_changed_lines(change)) if token.kind == "string")
    return any(parts is not None and _plain(parts.body) == wanted for parts in literals)


def _drops_sign(change: Change, edit: Edit) -> bool:
    """Return whether an edit deletes a character that is no code, such as `−`, or replaces it by anything but the sign
    that it stands for; a backslash may be deleted alone, or stand for a slash."""
    deleted = change.before.text[edit.span.start - change.before.start : edit.span.end - change.before.start]
    end = edit.span.end - change.before.start
    if deleted.endswith("\\") and change.before.text[end : end + 1] in ("\r", "\n", ""):
        return False
    tokens = [] if deleted.isascii() and "\\" not in deleted else list(lexed(deleted))
    if any(token.text == "\\" for token in tokens if token.kind == "error"):
        new = edit.text.strip()
        if (
            any(token.kind in ("name", "number", "string") for token in tokens)
            if not new
            else not set(new) & set("/\\\"'")
        ):
            return True
    signs = [token.text for token in tokens if token.kind == "error" and PLAIN.get(token.text, "").strip()]
    return any(PLAIN[sign] not in edit.text and OTHER.get(PLAIN[sign], PLAIN[sign]) not in edit.text for sign in signs)


def _plain(body: str) -> str:
    return _FIELD.sub("{}", body).replace("\\", "").replace('"', "'")


def _deletes_string(change: Change, edit: Edit) -> bool:
    """Return whether an edit deletes a whole string without putting its words elsewhere."""
    deleted = change.before.text[edit.span.start - change.before.start : edit.span.end - change.before.start]
    return any(token.kind == "string" for token in lexed(deleted)) and not _keeps_words(change, deleted)


def _keeps_words(change: Change, body: str) -> bool:
    """Return whether all words of the text are in the changed lines."""
    return not Counter(_WORD.findall(body)) - Counter(_WORD.findall(_changed_lines(change)))


def _keeps_signs(change: Change, body: str) -> bool:
    """Return whether all characters of the text, white space aside, are in the changed lines in the same order."""
    left = iter(_changed_lines(change))
    return all(char in left for char in body if not char.isspace())


def _changed_lines(change: Change) -> str:
    first, last = change.touched
    after = change.after.text
    return after[first : last + len(after) - len(change.before.text)]
