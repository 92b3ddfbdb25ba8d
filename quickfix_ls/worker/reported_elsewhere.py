"""Which of our problems other tools report too, so that the user need not see them twice.

Tools report one error at different places: ruff reports an open bracket where the next statement begins, we report it
at the bracket. So lines and kinds are compared, not ranges: the tool's table says which kind of error a diagnostic is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quickfix_ls.checkers import is_known, read
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Problem, ProblemKind, Reported
from quickfix_ls.worker.frames import FoundProblems


def compared(
    language: Language, index: Index, found: tuple[Problem, ...], reported: Iterable[Reported]
) -> FoundProblems:
    """Return our problems with those of them that known tools report, and the kinds of what these tools reported."""
    elsewhere: set[Problem] = set()
    kinds: set[ProblemKind] = set()
    for diagnostic in reported:
        reading = read(language.checkers, diagnostic) if is_known(language.checkers, diagnostic.source) else None
        if reading is None:
            continue
        kinds.add(reading.kind)
        same = [problem for problem in found if problem.kind == reading.kind]
        if same and kind_of(same[0]).stepwise:
            elsewhere.update(_at_or_above(index, same, diagnostic))
        else:
            about = problem_of(index, diagnostic)
            elsewhere.update(problem for problem in same if problem == about)
    return FoundProblems(found, frozenset(elsewhere), frozenset(kinds))


def _at_or_above(index: Index, problems: Sequence[Problem], reported: Reported) -> list[Problem]:
    """Return the syntax errors that a tool's syntax error is about: those on its lines and the line before, else the
    nearest one above, since a parser notices an error at its cause or behind it, else the nearest below.
    """
    line_at = index.snapshot.line_at
    first, last = line_at(reported.span.start), line_at(reported.span.end)
    lines = {problem: (line_at(problem.span.start), line_at(problem.span.end)) for problem in problems}
    near = [problem for problem, (start, end) in lines.items() if start <= last and end >= first - 1]
    above = [problem for problem, (start, _) in lines.items() if start <= last]
    return near or above[-1:] or list(problems[:1])
