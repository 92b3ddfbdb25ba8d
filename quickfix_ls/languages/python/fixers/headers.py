"""Edits of the headers of compound statements: wrong words for branches, words of other languages at the end, missing
colons."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import has_colon, lacks_block
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, logical_last
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.languages.python.lexer import CLOSERS
from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS, SOFT_BLOCK_KEYWORDS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit

_BRANCH_WORDS = {
    "elseif": "elif", "elsif": "elif", "elsif_": "elif", "elseiff": "elif", "elsife": "elif", "ifelse": "elif",
    "elis": "elif", "otherwise": "else",
}  # fmt: skip
_BRANCH_PAIRS = {
    ("else", "if"): "elif", ("el", "if"): "elif", ("els", "if"): "elif", ("elif", "if"): "elif", ("or", "if"): "elif",
    ("elif", "else"): "else", ("else", "elif"): "elif", ("else", "else"): "else", ("Else", "If"): "elif",
    ("ELSE", "IF"): "elif", ("Else", "if"): "elif", ("else", "If"): "elif",
}  # fmt: skip
_ENDING_WORDS = frozenset({"then", "do", "THEN", "Then", "DO"})
_MISTAKEN = frozenset({";", ",", ".", "=", "-", "->"})
_WITHOUT_OPERAND = frozenset({"else", "try", "finally", "except"})
_OPERATORS = frozenset({"in", "not", "and", "or", "is", "for", "with", "while", "if", "elif", "def", "class", "as"})
_ALL_HEADS = BLOCK_KEYWORDS | SOFT_BLOCK_KEYWORDS


def header_edits(context: Context, index: int) -> list[Edit]:
    """Return the edits that a line needs if it is the header of a compound statement; empty if it is none, or valid."""
    if in_brackets(context, index):
        return []
    tokens, line = context.tokens, context.lines[index]
    last = logical_last(context, index)
    word, length = _keyword(context, index, last)
    if not word:
        return []
    edits = []
    start, end = tokens[line.first].start, tokens[line.first + length - 1].end
    if context.region.text[start:end] != word:
        edits.append(context.edit(start, end, word))
    return [*edits, *_end_edits(context, index, word, line.first + length, last)]


def _keyword(context: Context, index: int, last: int) -> tuple[str, int]:
    """Return the keyword that a line should begin with, and the number of tokens in its place; an empty string if it is
    no header."""
    tokens, first = context.tokens, context.lines[index].first
    words = [token.text for token in tokens[first : min(first + 3, last)]]
    ends = tokens[last - 1].text == ":" or not lacks_block(context, index)
    pair = _BRANCH_PAIRS.get((words[0], words[1])) if len(words) > 1 else None
    if pair is not None:
        return pair, 2
    if words[:3] == ["else", ":", "if"] and ends and last - first > 4:
        return "elif", 3
    word, following = words[0], words[1] if len(words) > 1 else ""
    if word == "elif" and following == ":":
        return "else", 1
    if (
        word == "else"
        and following not in (":", "")
        and tokens[last - 1].text == ":"
        and _is_operand(tokens, first + 1)
    ):
        return "elif", 1
    if word in _ALL_HEADS:
        is_soft = word in SOFT_BLOCK_KEYWORDS
        return (word, 1) if not is_soft or _is_soft_header(context, index, last) else ("", 0)
    if (
        tokens[first].kind != "name"
        or not ends
        or following in ("=", ".", ",")
        or (word == "otherwise" and last - first > 2)
    ):
        return "", 0
    known = _BRANCH_WORDS.get(word.lower(), word.lower())
    is_cased = word != known and (word.lower() in BLOCK_KEYWORDS or word.lower() in _BRANCH_WORDS)
    return (known, 1) if is_cased and known in BLOCK_KEYWORDS else ("", 0)


def _end_edits(context: Context, index: int, word: str, first: int, last: int) -> Iterator[Edit]:
    """Yield the edits at the end of a header: words such as `then`, a wrong sign in place of the colon, a colon."""
    tokens = context.tokens
    ending = last - 1
    if ending > first and tokens[ending].text == ":" and tokens[ending - 1].text in (":", ";", ","):
        yield context.edit(tokens[ending - 1].start, tokens[ending].end, ":")
        return
    if ending >= first and tokens[ending].text == ":":
        if _is_ending_word(tokens, ending - 1, first):
            yield context.edit(tokens[ending - 2].end, tokens[ending].end, ":")
        return
    if find_top(tokens, first, last, (":",)) is not None or _is_open(context, first, last):
        return
    then = next((at for at in range(first + 1, last) if _is_ending_word(tokens, at, first)), None)
    if then is not None:
        yield context.edit(tokens[then - 1].end, tokens[then].end, ":")
    elif not lacks_block(context, index) and (last > first or word in _WITHOUT_OPERAND):
        sign = tokens[ending]
        if sign.text in _MISTAKEN and ending >= first:
            yield context.edit(tokens[ending - 1].end, sign.end, ":")
        elif ending < first or _ends_operand(sign):
            yield context.edit(sign.end, sign.end, ":")


def _is_ending_word(tokens: list[Token], index: int, first: int) -> bool:
    """Return whether a token is `then` or `do` after an operand."""
    return index > first and tokens[index].text in _ENDING_WORDS and _ends_operand(tokens[index - 1])


def _ends_operand(token: Token) -> bool:
    if token.kind == "keyword":
        return token.text not in _OPERATORS
    return token.kind in ("name", "number", "string") or token.text in CLOSERS or token.text in ("_", "*", "...")


def _is_operand(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    return token.kind in ("name", "number", "string") or token.text in ("(", "[", "not", "None", "True", "False")


def _is_open(context: Context, first: int, last: int) -> bool:
    """Return whether a bracket of the header is not closed in it, or closes none."""
    brackets = context.brackets
    return any(first <= at < last for at in (*brackets.unclosed, *brackets.unmatched))


def _is_soft_header(context: Context, index: int, last: int) -> bool:
    """Return whether a line that begins with `match` or `case` is a header: a block or `case` lines are below it."""
    tokens, first = context.tokens, context.lines[index].first
    if last - first < 2 or lacks_block(context, index) or tokens[first + 1].text in ("=", ".", ",", ")", "("):
        return False
    if tokens[first].text == "case":
        return True
    below = context.lines[index + 1] if index + 1 < len(context.lines) else None
    return below is not None and tokens[below.first].text == "case" and not has_colon(context, index)
