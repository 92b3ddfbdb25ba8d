"""What becomes of the lines that a change touches, and whether the region says the same elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed
from quickfix_ls.ranking.measures.said import Gram


def line_measures(one: Changed) -> dict[str, float]:
    old, new, others = one.said
    gone, come = old.runs - new.runs, new.runs - old.runs
    made = new.strings - old.strings
    echo, lexis = _share(come, others.runs), one.group.context.lexis
    return {
        "echo": echo - _share(gone, others.runs),
        "echo_after": echo,
        "known_strings": len(made & others.strings) - len(made - others.strings),
        "quoted_names": sum(string.strip("\"'") in others.names for string in made),
        "misfits": misfits(one.run.after, lexis),
        "misfits_before": misfits(one.run.before, lexis),
        "operands_removed": old.operands - new.operands,
    }


def misfits(tokens: Iterable[Token], lexis: Lexis) -> int:
    """How many neighbours in whole lines of code no program has side by side. A line end may be one inside of brackets,
    which counts for nothing."""
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
    return sum(one in among for one in some) / len(some) if some else 0.0
