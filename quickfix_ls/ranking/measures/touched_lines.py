"""Measure the lines that a change touches, and whether their content occurs elsewhere in the region."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed
from quickfix_ls.ranking.measures.line_content import Gram


def line_measures(changed: Changed) -> dict[str, float]:
    """Return the features of the lines that a change touches."""
    old, new, others = changed.line_contents
    gone, come = old.runs - new.runs, new.runs - old.runs
    made = new.strings - old.strings
    echo, lexis = _share(come, others.runs), changed.group.context.lexis
    return {
        "echo": echo - _share(gone, others.runs),
        "echo_after": echo,
        "known_strings": len(made & others.strings) - len(made - others.strings),
        "quoted_names": sum(string.strip("\"'") in others.names for string in made),
        "misfits": misfits(changed.run.after, lexis),
        "misfits_before": misfits(changed.run.before, lexis),
        "operands_removed": old.operands - new.operands,
    }


def misfits(tokens: Iterable[Token], lexis: Lexis) -> int:
    """Count the pairs of neighbouring tokens, in whole lines of code, that are never adjacent in a valid program.

    A line end may lie inside of brackets, where it is not significant, so it is skipped if that makes the pair valid.
    """
    line_end, is_adjacent = lexis.line_end, lexis.is_adjacent
    found, last, ended = 0, line_end, True
    for token in tokens:
        role = lexis.role_of(token)
        if role == line_end:
            ended = True
        elif token.kind != "comment":
            begins = ended and is_adjacent(last, line_end) and is_adjacent(line_end, role)
            found += not (begins or is_adjacent(last, role))
            last, ended = role, False
    return found


def _share(some: Collection[Gram], among: set[Gram]) -> float:
    return sum(gram in among for gram in some) / len(some) if some else 0.0
