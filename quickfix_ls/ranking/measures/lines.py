"""What becomes of the lines that a change touches, and whether the region says the same elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quickfix_ls.languages.python.adjacent import misfits
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed

Gram = tuple[str, ...]

_HEADERS = frozenset(
    ("if", "elif", "else", "for", "while", "def", "class", "with", "try", "except", "finally", "async")
)
_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What some lines say: their runs of three tokens, strings, names, and how many names and literals."""

    runs: set[Gram]
    strings: set[str]
    names: set[str]
    operands: int

    @classmethod
    def by(cls, tokens: Sequence[Token]) -> Said:
        strings = {token.text for token in tokens if token.kind == "string"}
        return cls(_grams(tokens), strings, _names(tokens), sum(map(_is_operand, tokens)))


class Elsewhere:
    """What a region says in and outside of some of its lines: the same for all changes of the same lines."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._known: dict[tuple[int, int], tuple[Said, Said]] = {}

    def of(self, start: int, lines: Sequence[Token]) -> tuple[Said, Said]:
        """What the lines say, whose tokens begin at an offset, and what the others do."""
        end = lines[-1].end if lines else start
        known = self._known.get((start, end))
        if known is None:
            before = Said.by([token for token in self._tokens if token.start < start])
            after = Said.by([token for token in self._tokens if token.start >= end])
            others = Said(before.runs | after.runs, before.strings | after.strings, before.names | after.names, 0)
            known = self._known[start, end] = Said.by(lines), others
        return known


def line_measures(one: Changed, elsewhere: Elsewhere) -> dict[str, float]:
    old, others = elsewhere.of(one.run.start, one.run.before)
    new = Said.by(one.run.after)
    gone, come = old.runs - new.runs, new.runs - old.runs
    fresh = new.names - old.names - others.names
    made = new.strings - old.strings
    echo = _share(come, others.runs)
    return {
        "echo": echo - _share(gone, others.runs),
        "echo_after": echo,
        "headers": _headers(one.run.after),
        "known_strings": len(made & others.strings) - len(made - others.strings),
        "quoted_names": sum(one.strip("\"'") in others.names for one in made),
        "fresh_names": sum(not one.change.analysis.binds(name) for name in fresh),
        "misfits": misfits(one.run.after),
        "misfits_before": misfits(one.run.before),
        "operands_removed": old.operands - new.operands,
    }


def _grams(tokens: Sequence[Token]) -> set[Gram]:
    words = ["\n", *("\n" if t.kind == "newline" else t.text for t in tokens if t.kind != "comment"), "\n"]
    return set(zip(*(words[start:] for start in range(_LENGTH)), strict=False))


def _share(some: Collection[Gram], among: set[Gram]) -> float:
    return sum(one in among for one in some) / len(some) if some else 0.0


def _headers(tokens: Sequence[Token]) -> float:
    """The lines that begin like a header and have a colon, less those that do one of the two without the other."""
    total = 0.0
    for line in _lines(tokens):
        is_header, ends = line[0].text in _HEADERS, line[-1].text == ":"
        has_colon = ends or (line[0].text != "else" and any(token.text == ":" for token in line))
        total += 1 if is_header and has_colon else -1 if is_header or ends else 0
    return total


def _lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if token.kind == "newline":
            if line:
                yield line
            line = []
        elif token.kind != "comment":
            line.append(token)
    if line:
        yield line


def _names(tokens: Sequence[Token]) -> set[str]:
    """Names, but for attributes."""
    return {t.text for i, t in enumerate(tokens) if t.kind == "name" and not (i and tokens[i - 1].text == ".")}


def _is_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string")
