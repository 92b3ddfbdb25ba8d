"""The kinds of problems: a row of facts each. Code asks for a fact and never compares kinds by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quickfix_ls.values import Problem, ProblemKind

SYNTAX, NAME, TYPE = "syntax", "name", "type"

Proof = Literal["parser", "analysis", "checker"]


@dataclass(frozen=True, slots=True)
class Kind:
    """The facts of a kind of problem.

    `stepwise`: a repair may take several steps, each found by fixers and by the token search, until the region is well
    formed. `proof`: what can tell that such a problem is gone: the language's parser, our own analysis, or only the
    checker that reported it. `ranked`: the reward model was trained on such problems, so that its probability counts.
    `wide`: the cause may lie in a neighbouring unit, so that the region of a repair reaches beyond the problem's own,
    and a report may be a line off. `first`: it is repaired before others at its place, which can't be judged while
    it lasts.
    """

    name: ProblemKind
    stepwise: bool
    proof: Proof
    ranked: bool
    wide: bool
    first: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind(SYNTAX, stepwise=True, proof="parser", ranked=True, wide=True, first=True),
        Kind(NAME, stepwise=False, proof="analysis", ranked=True, wide=False),
        Kind(TYPE, stepwise=False, proof="checker", ranked=False, wide=False),
    )
}


def kind_of(problem: Problem) -> Kind:
    """The facts of a problem's kind."""
    return KINDS[problem.kind]


def proven_by(*proofs: Proof) -> tuple[ProblemKind, ...]:
    """The kinds of problems that one of these proves to be gone."""
    return tuple(kind.name for kind in KINDS.values() if kind.proof in proofs)
