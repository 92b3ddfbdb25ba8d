"""Collect the material of a prompt: the failing region, and as much related code as fits into a budget of tokens, the
most relevant first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from quickfix_ls.context.database import Database
from quickfix_ls.context.relevant_tables import relevant_tables
from quickfix_ls.index.index import Index, Region
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.syntax_errors import first_error, syntax_problem
from quickfix_ls.prompts import AcceptedFix, Material, Naming, Need, tokens_in
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.values import Problem

MAX_TOKENS = 3000
"""The limit of the failing region: a local model would take too long to read a longer one."""

EXTRA_TOKENS = 600
"""The limit of each of the other parts."""

_MAX_EXAMPLES = 3
_MAX_DEFINITION_LINES = 12
_MIN_SIMILARITY = 0.75


def material_of(
    index: Index,
    region: Region,
    problem: Problem,
    needs: Collection[Need] = (),
    tables: Schema = NO_SCHEMA,
    examples: Sequence[AcceptedFix] = (),
) -> Material | None:
    """Return the material for a prompt about a problem in a region; None if the region exceeds `MAX_TOKENS`.

    Only the optional parts among `needs` are collected; `tables` and `examples` are the ones to select from. The tables
    that the file itself is for, if it is in a language of databases, count more than `tables`.
    """
    if tokens_in(region.text) > MAX_TOKENS:
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
        schema=_tables(index, region, tables) if "schema" in needs else "",
        examples=_nearest(examples, index, problem) if "examples" in needs else (),
    )


def _tables(index: Index, region: Region, tables: Schema) -> str:
    """Return the tables that a region mentions, as many as the budget allows."""
    own = index.language.part(Database).schema_of(index)
    return "\n".join(_within(relevant_tables(own if own.tables else tables, region.text)))


def _as_numbered(index: Index, region: Region, problem: Problem) -> Problem:
    """Return the region's first syntax error, if there is one, since a region is repaired from its first error on.

    Line numbers in its message are those of the document.
    """
    fault = first_error(index, region, problem) if kind_of(problem).stepwise else None
    above = index.snapshot.line_at(region.start) - region.prefix.count("\n")
    return syntax_problem(fault, region.start, index, above) if fault else problem


def _definitions(index: Index, region: Region, problem: Problem) -> Iterator[str]:
    """Yield the definitions, elsewhere in the file, of names that the region uses, the nearest to the error first.

    Definitions whose names resemble the problem's undefined name come before all others.
    """
    inside = range(index.unit_at(region.start), index.unit_at(max(region.start, region.end - 1)) + 1)
    at = problem.span.start - region.start
    tokens = sorted(
        (token for token in index.language.part(Lexis).lex(region.text) if token.kind == "name"),
        key=lambda token: abs(token.start - at),
    )
    names = [*_similar_names(index, problem), *(token.text for token in tokens)]
    binding: dict[str, int] = {}
    wanted = set(names)
    for unit in range(len(index.cuts)):
        if unit not in inside:
            for name in wanted.intersection(index.facts(unit).defines):
                binding.setdefault(name, unit)
    for unit in dict.fromkeys(binding[name] for name in names if name in binding):
        yield _head(index.region(unit).text)


def _similar_names(index: Index, problem: Problem) -> list[str]:
    """Return up to three names defined in the file that resemble the problem's name."""
    if not problem.name:
        return []
    alike = process.extract(
        problem.name,
        list(index.summary.defined),
        scorer=Indel.normalized_similarity,
        score_cutoff=_MIN_SIMILARITY,
        limit=3,
    )
    return [name for name, _, _ in alike]


def _head(text: str) -> str:
    """Return the first lines of a definition; they hold its signature."""
    lines = text.strip("\r\n").splitlines()
    if len(lines) <= _MAX_DEFINITION_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[: _MAX_DEFINITION_LINES - 1], "    ..."])


def _within(texts: Iterable[str], budget: int = EXTRA_TOKENS) -> Iterator[str]:
    """Yield the texts, in order, whose tokens fit into the remaining budget; skip those that do not fit."""
    for text in texts:
        if (cost := tokens_in(text)) <= budget:
            budget -= cost
            yield text


def _nearest(examples: Sequence[AcceptedFix], index: Index, problem: Problem) -> tuple[AcceptedFix, ...]:
    """Return the examples whose error message and line are most similar to the problem's."""
    snapshot = index.snapshot
    here = f"{problem.message}\n{snapshot.line_text(snapshot.line_at(problem.span.start)).strip()}"
    ranked = sorted(
        examples, key=lambda example: Indel.normalized_distance(here, f"{example.error}\n{example.before.strip()}")
    )
    chosen = []
    budget = EXTRA_TOKENS
    for example in ranked[:_MAX_EXAMPLES]:
        if (cost := tokens_in(example.error + example.before + example.after)) <= budget:
            budget -= cost
            chosen.append(example)
    return tuple(chosen)
