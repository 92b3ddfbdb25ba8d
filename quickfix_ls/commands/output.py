"""Problems and fixes as output for programs: lines, patches, JSON. Lines and columns are 1-based, in code points."""

from __future__ import annotations

import difflib
import os
import re
from typing import Any

from quickfix_ls.commands.disk import FileOnDisk
from quickfix_ls.commands.places import place_of, range_in
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Offer, Problem

VERSION = 1
"""The version of the JSON in docs/json.md; it is increased when a key is renamed, moved or removed."""

_NO_NEWLINE = b"\\ No newline at end of file\n"


def as_line(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> str:
    """Return `path:line:column: error type: message`, a form that editors and terminals show as a link."""
    place = place_of(source, snapshot, problem.span.start)
    return f"{source.name}:{place}: {problem.code}: {problem.message}"


def as_patch(source: FileOnDisk, fixed: bytes) -> bytes:
    """Return a unified diff from the source's bytes to `fixed`, for `patch -p0`; empty if they are equal."""
    name = os.fsencode(source.name)
    lines = difflib.diff_bytes(difflib.unified_diff, _lines(source.data), _lines(fixed), name, name)
    return b"".join(line if line.endswith(b"\n") else line + b"\n" + _NO_NEWLINE for line in lines)


def as_json(source: FileOnDisk, findings: tuple[ProblemOffers, ...]) -> dict[str, Any]:
    """Return a file's problems with their offers, in JSON's types. The ranges of `edits` are in the unfixed text."""
    snapshot = Snapshot.of(source.text)
    problems = [
        {
            **problem_as_json(source, snapshot, finding.problem),
            "offers": [_offer(source, snapshot, offer) for offer in finding.offers],
            "reason": finding.reason.text if finding.reason is not None else None,
        }
        for finding in findings
    ]
    return {"path": source.path, "encoding": source.encoding, "problems": problems}


def problem_as_json(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> dict[str, Any]:
    """Return a problem in JSON's types."""
    return {
        **range_in(source, snapshot, problem.span),
        "kind": problem.kind,
        "error_type": problem.code,
        "message": problem.message,
        "name": problem.name or None,
    }


def _offer(source: FileOnDisk, snapshot: Snapshot, offer: Offer) -> dict[str, Any]:
    return {
        "title": offer.candidate.title,
        "source": offer.candidate.source,
        "sources": list(offer.sources),
        "checks": list(offer.verdict.checks),
        "probability": round(offer.probability, 4),
        "why": offer.why,
        "preferred": offer.preferred,
        "safety": offer.candidate.safety,
        "edits": [{**range_in(source, snapshot, edit.span), "text": edit.text} for edit in offer.candidate.edits],
    }


def _lines(data: bytes) -> list[bytes]:
    # Split only at "\n", like `patch`: a "\r" belongs to the line's content.
    return re.findall(rb"[^\n]*\n|[^\n]+", data)
