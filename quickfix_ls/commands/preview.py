"""Prints problems and fixes for the user: the problem, the fix as a diff, its source, checks and probability."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from quickfix_ls.commands.disk import FileOnDisk
from quickfix_ls.commands.output import position
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Offer, Problem, apply_edits

_STYLES = {"-": "red", "+": "green"}
_CONTEXT = 1


class Preview:
    """Prints problems with their offers and counts them; `left` is the number of problems without an offer."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.files = 0
        self.problems = 0
        self.left = 0

    def show(self, source: FileOnDisk, findings: tuple[ProblemOffers, ...]) -> None:
        """Print the problems of a file with their offers."""
        snapshot = Snapshot.of(source.text)
        self.files += 1
        self.problems += len(findings)
        for finding in findings:
            self.console.print(_heading(source, snapshot, finding.problem))
            if not finding.offers:
                self.left += 1
                self.console.print(Text("  no fix that we are sure enough of\n", "yellow"))
            for offer in finding.offers:
                for line in _lines(snapshot, offer):
                    self.console.print(line)
                self.console.print()

    def close(self) -> None:
        """Print the summary."""
        fixable = self.problems - self.left
        summary = f"{_count(self.problems, 'problem')} in {_count(self.files, 'file')}, {fixable} with a fix."
        hint = " Apply them with --write." if fixable else ""
        self.console.print(Text.assemble((summary, "bold"), hint))


def _heading(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> Text:
    line, column = position(snapshot, problem.span.start)
    message = f"{problem.code}: {problem.message}"
    return Text.assemble((_printable(f"{source.name}:{line}:{column}"), "bold"), "  ", (_printable(message), "red"))


def _lines(snapshot: Snapshot, offer: Offer) -> Iterator[Text]:
    """Yield the lines that show an offer."""
    yield Text.assemble("  ", (_printable(offer.candidate.title), "bold"))
    for line in _diff(snapshot.text, apply_edits(snapshot.text, offer.candidate.edits)):
        yield Text("    " + _printable(line), _STYLES.get(line[0], "dim"))
    yield _row("from", ", ".join(offer.sources or (offer.candidate.source,)))
    yield _row("checked", ", ".join(offer.verdict.checks))
    look = "" if offer.candidate.safety == "safe" else "; needs a look"
    blind = ", can be applied without a look" if offer.preferred else ""
    # A learnt probability is never certain, so it is shown as at most 99 %.
    yield _row("sure", f"{min(99, 100 * offer.probability):.0f} %{blind}{look}")
    if offer.why:
        yield _row("why", offer.why)


def _row(title: str, value: str) -> Text:
    return Text.assemble((f"  {title:<9}", "dim"), _printable(value))


def _diff(before: str, after: str) -> Iterator[str]:
    """Yield the changed lines with their context, without the headers of a patch."""
    changes = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=_CONTEXT, lineterm=""))
    for number, line in enumerate(changes[2:]):
        if not line.startswith("@@"):
            yield line
        elif number:
            yield "..."


def _printable(text: str) -> str:
    """Return the text with control characters escaped, which a terminal would execute."""
    return "".join(char if char.isprintable() or char == "\t" else ascii(char)[1:-1] for char in text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
