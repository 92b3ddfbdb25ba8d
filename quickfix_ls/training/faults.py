"""Infer the faults that turn a fixed text into the broken one, as operators of `breaking`."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.languages.python.breaking import Code, shape
from quickfix_ls.languages.python.breaking.habits import FOREIGN
from quickfix_ls.languages.python.lexer import CLOSERS, lex
from quickfix_ls.lexing.tokens import Token

Fault = tuple[str, str]
"""An operator of `breaking` and its detail."""

_PREFIXES = "rRbBuUfFtT"


def faults_of(broken: str, fixed: str) -> list[Fault]:
    """Return the faults that turn the fixed text into the broken one; empty if they can't be determined."""
    right, wrong = _tokens(fixed), _tokens(broken)
    if [token.text for token in right] == [token.text for token in wrong]:
        return _indentation_fault(broken, fixed)
    for fault in (_quote_fault(broken, fixed), *(look(right, wrong) for look in _WHOLE)):
        if fault:
            return [fault]
    hunks = SequenceMatcher(
        None, [token.text for token in right], [token.text for token in wrong], autojunk=False
    ).get_opcodes()
    changes = [
        _Hunk(right[a:b], wrong[c:d], right[a - 1 : a], right[b : b + 1]) for tag, a, b, c, d in hunks if tag != "equal"
    ]
    if len(changes) == 2 and (pair := _pair_fault(changes[0], changes[1])):
        return [pair]
    found = [_hunk_fault(change) for change in changes]
    return [fault for fault in found if fault] if all(found) else []


@dataclass(frozen=True, slots=True)
class _Hunk:
    """The tokens removed and added at a place, with the token before and the token behind it, if there are any."""

    gone: list[Token]
    come: list[Token]
    before: list[Token]
    behind: list[Token]


def _hunk_fault(hunk: _Hunk) -> Fault | None:
    gone, come = hunk.gone, hunk.come
    if come and (habit := _habit(gone, come)):
        return "foreign", habit
    if not come and len(gone) > 1 and all(token.text in CLOSERS or token.kind == "newline" for token in gone):
        return "delete_run", " ".join(map(shape, gone))
    if len(gone) > 1 or len(come) > 1:
        return None
    if not come:
        return _deletion(gone[0])
    if not gone:
        return _insertion(come[0], hunk)
    return _replacement(gone[0], come[0])


def _deletion(token: Token) -> Fault:
    if token.kind in ("op", "keyword"):
        return "delete_token", token.text
    return ("join_lines", "") if token.kind == "newline" else ("delete_word", token.kind)


def _insertion(token: Token, hunk: _Hunk) -> Fault | None:
    after = shape(hunk.before[0]) if hunk.before else "line"
    if token.kind == "newline":
        return "split_line", after
    if token.kind in ("op", "keyword") and token.text in {neighbour.text for neighbour in (*hunk.before, *hunk.behind)}:
        return "duplicate_token", token.text
    if token.kind in ("op", "keyword", "error"):
        return "insert_token", f"{after} {token.text}"
    return ("insert_word", after) if token.kind == "name" else None


def _replacement(right: Token, wrong: Token) -> Fault | None:
    if right.kind == "keyword" and wrong.kind == "name":
        return "misspell_keyword", "case" if right.text.lower() == wrong.text.lower() else "edit"
    if right.kind == "name" and wrong.kind == "keyword":
        return "keyword_as_name", wrong.text
    fixed = ("op", "keyword", "error")
    if right.kind in fixed and wrong.kind in fixed:
        return ("python2", "except") if (right.text, wrong.text) == ("as", ",") else _replaced(right, wrong)
    return None


def _replaced(right: Token, wrong: Token) -> Fault:
    return "replace_token", f"{right.text} {wrong.text}"


def _swap_fault(right: list[Token], wrong: list[Token]) -> Fault | None:
    """Return the fault if exactly two neighbouring tokens are swapped."""
    if len(right) != len(wrong):
        return None
    pairs = zip(right, wrong, strict=True)
    places = [index for index, (token, other) in enumerate(pairs) if token.text != other.text]
    if len(places) != 2 or places[1] != places[0] + 1:
        return None
    first, second = places
    exchanged = right[first].text == wrong[second].text and right[second].text == wrong[first].text
    return ("swap_tokens", shape(right[first])) if exchanged else None


def _habit(gone: list[Token], come: list[Token]) -> str | None:
    right = " ".join(token.text for token in gone)
    wrong = "".join(token.text for token in come)
    spaced = " ".join(token.text for token in come)
    for habit, python in FOREIGN.items():
        if python == right and habit in (wrong, spaced):
            return habit
    return None


def _pair_fault(first: _Hunk, second: _Hunk) -> Fault | None:
    """Return the fault if both brackets of a pair are deleted."""
    if first.come or second.come or len(first.gone) != 1 or len(second.gone) != 1:
        return None
    opener, closer = first.gone[0].text, second.gone[0].text
    return ("delete_pair", opener) if CLOSERS.get(closer) == opener else None


def _indentation_fault(broken: str, fixed: str) -> list[Fault]:
    right, wrong = _indents(fixed), _indents(broken)
    if any("\t" in w and "\t" not in r for r, w in zip(right, wrong, strict=False)):
        return [("indentation", "tab")]
    moved = [len(w) - len(r) for r, w in zip(right, wrong, strict=False)]
    changed = [number for number, by in enumerate(moved) if by]
    if not changed or len(right) != len(wrong):
        return []
    first = changed[0]
    if first and moved[first] < 0 and len(right[first]) > len(right[first - 1]) >= len(wrong[first]):
        return [("indentation", "flat")]
    way = "in" if moved[first] > 0 else "out"
    return [("indentation", way if len(changed) == 1 else f"block {way}")]


def _quote_fault(broken: str, fixed: str) -> Fault | None:
    head, tail = common_ends(broken, fixed)
    gone, come = fixed[head : len(fixed) - tail], broken[head : len(broken) - tail]
    if gone in ('"""', "'''", '""', "''") and not come and gone[0] * 3 in fixed[head - 1 : len(fixed) - tail + 1]:
        opens = head in _openings(fixed)
        return "quote", "triple short" if len(gone) < 3 else "triple open" if opens else "triple close"
    if gone not in ("", "'", '"') or come not in ("", "'", '"') or gone == come:
        return None
    if not gone:
        return "quote", "extra"
    if come:
        return "quote", "swap"
    return "quote", "open" if head in _openings(fixed) else "close"


def _openings(text: str) -> set[int]:
    """Return the offsets of the opening quotes of the strings in a text."""
    return {token.start + len(token.text) - len(token.text.lstrip(_PREFIXES)) for token in lex(text)}


def _prompt_fault(right: list[Token], wrong: list[Token]) -> Fault | None:
    def prompts(tokens: list[Token]) -> int:
        texts = ["\n", *(token.text for token in tokens)]
        return sum(texts[index : index + 3] == ["\n", ">>", ">"] for index in range(len(texts)))

    more = prompts(wrong) - prompts(right)
    return ("prompt", "first" if more == 1 else "all") if more > 0 else None


def _python2_fault(right: list[Token], wrong: list[Token]) -> Fault | None:
    texts, without = ([token.text for token in tokens if token.text not in "()"] for tokens in (right, wrong))
    if texts != without or len(wrong) >= len(right):
        return None
    for word in ("print", "exec"):
        if _calls(right, word) > _calls(wrong, word):
            return "python2", word
    return None


def _calls(tokens: list[Token], word: str) -> int:
    return sum(first.text == word and second.text == "(" for first, second in pairwise(tokens))


_WHOLE = (_prompt_fault, _python2_fault, _swap_fault)


def _tokens(text: str) -> list[Token]:
    """Return the tokens without comments and blank lines."""
    kept: list[Token] = []
    for token in Code.of(text).tokens:
        if token.kind != "newline" or (kept and kept[-1].kind != "newline"):
            kept.append(token._replace(text="\n") if token.kind == "newline" else token)
    while kept and kept[-1].kind == "newline":
        kept.pop()
    return kept


def _indents(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
