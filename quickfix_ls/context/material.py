"""What a prompt is made of: the failing region with its error's unit whole, and as much of what bears on it as fits
into a budget of tokens, the most relevant first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from quickfix_ls.context.database_tables import Tables, relevant_tables
from quickfix_ls.index.index import Index, Region
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.syntax_errors import syntax_problem
from quickfix_ls.prompts import AcceptedFix, Material, Naming, Need, tokens_in
from quickfix_ls.values import Problem

MOST_TOKENS = 3000
"""Of the failing region: a longer one takes a local model too long to read, and no editor's user waits so long."""

EXTRA_TOKENS = 600
"""Of each of the other parts."""

_MOST_EXAMPLES = 3
_LONGEST_DEFINITION = 12
_ALIKE = 75


def material_of(
    index: Index,
    region: Region,
    problem: Problem,
    needs: Collection[Need] = (),
    tables: Tables | None = None,
    examples: Sequence[AcceptedFix] = (),
) -> Material | None:
    """What there is to say about a problem in a region; None where the region is too long to be sent. Only what is
    among `needs` is looked for: `tables` and `examples` are what there is to choose from."""
    if tokens_in(region.text) > MOST_TOKENS:
        return None
    problem = _as_numbered(index, region, problem)
    snapshot = index.snapshot
    first, last = snapshot.line_at(region.start), snapshot.line_at(max(region.start, region.end - 1))
    return Material(
        error=f"{problem.code}: {problem.message}",
        line=snapshot.line_at(problem.span.start) + 1,
        first=first + 1,
        lines=tuple(snapshot.line_text(line) for line in range(first, last + 1)),
        naming=index.language.part(Naming),
        neighbours=tuple(_within(_definitions(index, region, problem))) if "neighbours" in needs else (),
        schema="\n".join(_within(relevant_tables(tables or {}, region.text))) if "schema" in needs else "",
        examples=_nearest(examples, index, problem) if "examples" in needs else (),
    )


def _as_numbered(index: Index, region: Region, problem: Problem) -> Problem:
    """A region is mended from its first error on, whichever was asked about; and where that error's message speaks of
    a line, the number is the document's."""
    fault = index.fault(region) if kind_of(problem).stepwise else None
    above = index.snapshot.line_at(region.start) - region.prefix.count("\n")
    return syntax_problem(fault, region.start, index, above) if fault else problem


def _definitions(index: Index, region: Region, problem: Problem) -> Iterator[str]:
    """The definitions, elsewhere in the file, of names that the region has: those nearest to the error first, and
    before all what an undefined name may be a misspelling of."""
    inside = range(index.unit_at(region.start), index.unit_at(max(region.start, region.end - 1)) + 1)
    at = problem.span.start - region.start
    tokens = sorted(
        (one for one in index.language.part(Lexis).lex(region.text) if one.kind == "name"),
        key=lambda one: abs(one.start - at),
    )
    names = [*_meant(index, problem), *(one.text for one in tokens)]
    binding: dict[str, int] = {}
    wanted = set(names)
    for unit in range(len(index.cuts)):
        if unit not in inside:
            for name in wanted.intersection(index.facts(unit).defines):
                binding.setdefault(name, unit)
    for unit in dict.fromkeys(binding[name] for name in names if name in binding):
        yield _head(index.region(unit).text)


def _meant(index: Index, problem: Problem) -> list[str]:
    if not problem.name:
        return []
    alike = process.extract(problem.name, list(index.summary.defined), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    return [name for name, _, _ in alike]


def _head(text: str) -> str:
    """A definition, cut where it is long: how a thing is called stands at its top."""
    lines = text.strip("\r\n").splitlines()
    if len(lines) <= _LONGEST_DEFINITION:
        return "\n".join(lines)
    return "\n".join([*lines[: _LONGEST_DEFINITION - 1], "    ..."])


def _within(texts: Iterable[str], budget: int = EXTRA_TOKENS) -> Iterator[str]:
    """The texts, in their order, that fit into the budget; one that does not fit is passed over."""
    for text in texts:
        if (cost := tokens_in(text)) <= budget:
            budget -= cost
            yield text


def _nearest(examples: Sequence[AcceptedFix], index: Index, problem: Problem) -> tuple[AcceptedFix, ...]:
    """The examples whose error and lines are most like these."""
    snapshot = index.snapshot
    here = f"{problem.message}\n{snapshot.line_text(snapshot.line_at(problem.span.start)).strip()}"
    ranked = sorted(examples, key=lambda one: -fuzz.ratio(here, f"{one.error}\n{one.before.strip()}"))
    chosen = []
    budget = EXTRA_TOKENS
    for one in ranked[:_MOST_EXAMPLES]:
        if (cost := tokens_in(one.error + one.before + one.after)) <= budget:
            budget -= cost
            chosen.append(one)
    return tuple(chosen)
