"""Operators that no Python program has, and what is meant by them: those of other languages (`&&`, `!x`, `i++`, `<>`),
those that are torn apart (`= =`, `+ =`) or have a sign too many (`***`, `===`), and those in words (`equals`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.lexing.tokens import Token


class FaultyOperator(NamedTuple):
    """The tokens [first, last) that are to be replaced by the text `new`; a word is spaced by whoever replaces it."""

    first: int
    last: int
    new: str


_AUGMENTED = ("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=")
_SIGNS: Mapping[str, str] = {
    **{sign: sign for sign in ("==", "!=", "<=", ">=", "**", "//", ":=", *_AUGMENTED)},
    **{f"{sign}=": sign for sign in _AUGMENTED},
    **{f"={sign}": sign for sign in _AUGMENTED},
    **{f"={sign[:-1]}": sign for sign in _AUGMENTED if sign[0] not in "+-*"},
    **{"&&": "and", "||": "or", "<>": "!=", "===": "==", "====": "==", "!==": "!=", "=<": "<=", "=>": ">="},
    **{"=!": "!=", "=!=": "!=", "***": "**", "****": "**", "///": "//", "=:": ":="},
    **{"~=": "!=", "<==": "<=", ">==": ">=", "><": "!="},
}
"""What the signs that stand beside each other mean, without the space between them."""
_RUN = frozenset("=<>!+-*/%&|^~:@")
_LONGEST = 4
_WORDS: Mapping[tuple[str, ...], str] = {
    ("not", "is"): "is not", ("in", "not"): "not in", ("is", "not", "in"): "not in", ("is", "in"): "in",
    ("not", "=="): "!=", ("not", "="): "!=", ("is", "not", "=="): "!=", ("is", "not", "="): "!=", ("is", "=="): "==",
    ("is", "="): "==", ("no", "in"): "not in", ("notin",): "not in", ("isnot",): "is not", ("not", "!="): "!=",
    ("is", "!="): "!=", ("is", ">"): ">", ("is", "<"): "<", ("is", ">="): ">=", ("is", "<="): "<=",
    ("AND",): "and", ("And",): "and", ("OR",): "or", ("Or",): "or", ("IN",): "in", ("NOT", "IN"): "not in",
    ("IS",): "is", ("IS", "NOT"): "is not", ("equals",): "==", ("equal",): "==", ("eq",): "==", ("ne",): "!=",
    ("equals", "to"): "==", ("equal", "to"): "==", ("is", "equal", "to"): "==", ("is", "equals"): "==",
    ("is", "equal"): "==", ("is", "equals", "to"): "==", ("is", "not", "equal", "to"): "!=",
    ("not", "equal", "to"): "!=", ("not", "equals"): "!=", ("not", "equal"): "!=", ("greater", "than"): ">",
    ("is", "greater", "than"): ">", ("less", "than"): "<", ("is", "less", "than"): "<", ("mod",): "%", ("div",): "//",
    ("MOD",): "%", ("DIV",): "//", ("xor",): "^", ("XOR",): "^", ("more", "than"): ">", ("is", "more", "than"): ">",
    ("greater", "than", "or", "equal", "to"): ">=", ("less", "than", "or", "equal", "to"): "<=",
    ("is", "greater", "than", "or", "equal", "to"): ">=", ("is", "less", "than", "or", "equal", "to"): "<=",
}  # fmt: skip
_WORD_HEADS = frozenset(words[0] for words in _WORDS)
_JOINING = frozenset({"AND", "OR", "And", "Or"})
_CONDITIONS = frozenset({"if", "elif", "while", "assert", "and", "or", "not", "return"})
_ENDS = frozenset({"None", "True", "False", "...", *CLOSERS})
_BEGINS = frozenset({"None", "True", "False", "...", "not", "-", "+", "~", "!", "lambda", "await", *OPENERS})
_TIGHT = frozenset(
    {"==", "!=", "<", ">", "<=", ">=", "is", "+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "in"}
)


def faulty_operators(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[FaultyOperator]:
    """Return the faulty operators among the tokens [first, last), in order."""
    end = len(tokens) if last is None else min(last, len(tokens))
    found: list[FaultyOperator] = []
    index = first
    while index < end:
        fault = _at(tokens, index)
        if fault is not None:
            found.append(fault)
        index = fault.last if fault is not None else index + 1
    return found


@lru_cache(maxsize=64)
def faulty_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets [start, end) of the faulty operators of signs in a text that several signs make up."""
    tokens = lex(text)
    found = [fault for fault in faulty_operators(tokens) if tokens[fault.first].text[0] in _RUN]
    return tuple((tokens[fault.first].start, tokens[fault.last - 1].end) for fault in found)


def _at(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    token = tokens[index]
    if token.kind in ("name", "keyword"):
        return _of_words(tokens, index) if token.text in _WORD_HEADS else None
    if token.kind not in ("op", "error") or not _is_run(token):
        return None
    if token.text == "!":
        negated = _negation(tokens, index)
        if negated is not None:
            return negated
    if index and _ends_operand(_code_before(tokens, index)):
        return _of_signs(tokens, index)
    return None


def _code_before(tokens: Sequence[Token], index: int) -> Token:
    """Return the token before one, over the line end if `&&` or `||` begin the line."""
    at = index - 1
    if tokens[index].text in ("&", "|") and tokens[index + 1 : index + 2] and tokens[index + 1].text in ("&", "|"):
        while at > 0 and tokens[at].kind in ("newline", "comment"):
            at -= 1
    return tokens[at]


def _of_signs(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    """Return the longest run of signs from a token that means an operator, with an operand after it."""
    last = index + 1
    while last < min(len(tokens), index + _LONGEST) and _is_run(tokens[last]):
        last += 1
    for end in range(last, index, -1):
        joined = "".join(token.text for token in tokens[index:end])
        if end - index == 1 and joined != "<>":
            return _step(tokens, index)
        new = _SIGNS.get(joined)
        after = tokens[end] if end < len(tokens) else None
        if new is not None and after is not None and _begins_operand(after):
            return _in_place(tokens, FaultyOperator(index, end, new), joined)
    return None


def _in_place(tokens: Sequence[Token], fault: FaultyOperator, joined: str) -> FaultyOperator | None:
    """Return what an operator means where it stands; None if that is unknown."""
    first, last, new = fault
    is_target = _is_target(tokens, first)
    if joined == "=>":
        return fault if _is_condition(tokens, first) else None
    if new in _AUGMENTED:
        is_turned = joined[0] == "=" and joined[1:] not in _AUGMENTED
        apart = is_turned and tokens[first].end < tokens[first + 1].start  # `path = /etc`
        return fault if is_target and not apart else None
    if joined == "==" and is_target:
        return FaultyOperator(first, last, "=")
    if new == ":=":
        is_plain = is_target or (first > 1 and tokens[first - 2].text in ("(", ",") and joined == "=:")
        return FaultyOperator(first, last, "=") if is_plain else fault
    if joined in ("=!", "~=") and not _is_condition(tokens, first):
        return FaultyOperator(first, last, "= not") if joined == "=!" else None
    return fault


def _step(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    """Return the `++` or `--` at the end of a statement."""
    sign = tokens[index].text
    if sign not in ("+", "-") or index + 1 >= len(tokens) or tokens[index + 1].text != sign:
        return None
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    ends = after is None or after.kind in ("newline", "comment") or after.text in (";", "}")
    ends = ends and tokens[index - 1].text != ")"
    return FaultyOperator(index, index + 2, f"{sign}= 1") if ends and _is_target(tokens, index) else None


def _negation(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    """Return the `!` before an operand, or before `in`."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is None or before.kind == "newline" or after is None:
        return None
    if after.text == "in" and _ends_operand(before):
        return FaultyOperator(index, index + 2, "not in")
    if _ends_operand(before) or not _begins_operand(after):
        return None
    return FaultyOperator(index, index + 1, "not")


def needs_brackets(tokens: Sequence[Token], index: int) -> bool:
    """Return whether `not` in place of the token needs brackets, since an operator that binds closer is before it."""
    before = tokens[index - 1].text if index else ""
    is_doubled = index > 1 and tokens[index - 2].text == before
    return before in _TIGHT and before != "is" and not is_doubled


def _of_words(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    is_joined = index > 0 and tokens[index - 1].text in _JOINING
    if tokens[index].text == "NOT" and (is_joined or not (index and _ends_operand(tokens[index - 1]))):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        is_not = index > 0 and after is not None and after.kind in ("name", "keyword", "number", "string")
        return FaultyOperator(index, index + 1, "not") if is_not and tokens[index - 1].kind != "newline" else None
    if not index or not _ends_operand(tokens[index - 1]):
        return None
    for size in range(6, 0, -1):
        new = _WORDS.get(tuple(token.text for token in tokens[index : index + size]))
        after = tokens[index + size] if index + size < len(tokens) else None
        if new is not None and after is not None and (_begins_operand(after) or after.text == "NOT"):
            return FaultyOperator(index, index + size, new)
    return _without_in(tokens, index)


def _without_in(tokens: Sequence[Token], index: int) -> FaultyOperator | None:
    """Return the `not` between two operands, which lacks `in`, or `is` before a constant."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if tokens[index].text != "not" or after is None or not _begins_operand(after) or after.text == "not":
        return None
    return FaultyOperator(index, index + 1, "is not" if after.text in ("None", "True", "False") else "not in")


def _is_run(token: Token) -> bool:
    return token.kind in ("op", "error") and _RUN.issuperset(token.text)


def _ends_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in _ENDS


def _begins_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string", "badstring") or token.text in _BEGINS


def _is_target(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the tokens before one are all of a statement's beginning, and a target: a name, an attribute or a
    subscript."""
    depth = 0
    while index > 0:
        token = tokens[index - 1]
        if depth == 0 and (token.kind in ("newline", "comment") or token.text in (";", ":", "{")):
            return True
        depth += (token.text in CLOSERS) - (token.text in OPENERS)
        if depth < 0 or (depth == 0 and token.kind != "name" and token.text not in (".", "[", "(", "]", ")")):
            return False
        index -= 1
    return True


def _is_condition(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token is in the condition of a header, an `assert` or a `return`."""
    while index > 0 and tokens[index - 1].kind not in ("newline", "comment"):
        index -= 1
        if tokens[index].text in _CONDITIONS:
            return True
        is_call = tokens[index].text == "(" and index > 0 and _ends_operand(tokens[index - 1])
        if is_call or tokens[index].text in ("lambda", "{", "="):
            return False
    return False
