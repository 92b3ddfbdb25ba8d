"""The kinds of problems and their properties. Code reads a property and never compares kinds by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quickfix_ls.values import Problem, ProblemKind

SYNTAX, NAME, QUERY, TYPE, RUN = "syntax", "name", "query", "type", "run"

Proof = Literal["parser", "analysis", "checker", "run"]


@dataclass(frozen=True, slots=True)
class Kind:
    """The properties of a kind of problem.

    - `stepwise`: a repair may take several steps, each found by fixers and by the token search, until the region is
      well formed.
    - `proof`: the tool that can confirm that such a problem is gone: the language's parser, our own analysis, only the
      checker that reported it, or only another run of the code.
    - `ranked`: the reward model was trained on such problems, so that its probability is meaningful.
    - `wide`: the cause may lie in a neighbouring unit, so that the region of a repair reaches beyond the problem's own
      unit, and a report may be one line off.
    - `first`: such a problem is repaired before others at the same place, which can't be analysed until it is fixed.
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
        Kind(QUERY, stepwise=True, proof="analysis", ranked=True, wide=False),
        Kind(TYPE, stepwise=False, proof="checker", ranked=False, wide=False),
        Kind(RUN, stepwise=False, proof="run", ranked=False, wide=False),
    )
}


def kind_of(problem: Problem) -> Kind:
    """Return the properties of a problem's kind."""
    return KINDS[problem.kind]


def proven_by(*proofs: Proof) -> tuple[ProblemKind, ...]:
    """Return the names of the kinds whose `proof` is among the given ones."""
    return tuple(kind.name for kind in KINDS.values() if kind.proof in proofs)
