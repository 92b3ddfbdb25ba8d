"""Prints problems and fixes for the user: the problem in its line, the lines that a fix changes, and in one line who
proposed it, what was checked and how sure it is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rich.console import Console
from rich.text import Text

from quickfix_ls.commands.changed_words import ChangedLine, changed_words
from quickfix_ls.commands.disk import FileOnDisk
from quickfix_ls.commands.frames import change_frame, error_frame, printable
from quickfix_ls.commands.places import Place, cell_at_line, place_of
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.commands.selection import UNSAFE_PROBABILITY
from quickfix_ls.documents.formats.notebook_file import SEPARATOR
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.silence import UNSURE, percent
from quickfix_ls.values import Offer, Problem

Color = Literal["auto", "always", "never"]

_PIPE_WIDTH = 120
"""The cells of a line that are shown where the output goes to no terminal."""

_MIN_WIDTH = 20
_ELLIPSIS = "..."


class _PipedConsole(Console):
    """A console whose reader may go away: the command ends as with any other output."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(color: Color = "auto") -> Console:
    """Return the console on standard output. With `auto`, there are colours on a terminal unless the environment
    variable NO_COLOR is set."""
    if color == "never" or (color == "auto" and os.environ.get("NO_COLOR")):
        return _PipedConsole(highlight=False, soft_wrap=True, color_system=None)
    if color == "always":
        return _PipedConsole(
            highlight=False, soft_wrap=True, color_system="standard", force_terminal=True, no_color=False
        )
    return _PipedConsole(highlight=False, soft_wrap=True)


class Shown(NamedTuple):
    """The lines of a place that a change touches; `label` is that of their cell if it is named."""

    label: str
    lines: Sequence[ChangedLine]


class Preview:
    """Prints problems with their offers and counts them; `left` is the number of problems without an offer."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or console_for()
        self.files = self.problems = self.left = self.preferred = self.unsafe = 0

    def show(self, source: FileOnDisk, findings: Sequence[ProblemOffers]) -> None:
        """Print the problems of a file with their offers."""
        self.files += 1
        snapshot = Snapshot.of(source.text)
        for finding in findings:
            self.show_one(source, snapshot, finding)

    def show_one(self, source: FileOnDisk, snapshot: Snapshot, finding: ProblemOffers) -> None:
        """Print a problem with its offers."""
        self._count(finding)
        place = place_of(source, snapshot, _place(snapshot, finding.problem))
        places = [
            changes_shown(source, snapshot, changed_words(snapshot, offer.candidate.edits), place.label)
            for offer in finding.offers
        ]
        digits = len(str(max([place.line, *(line.number for shown in places for one in shown for line in one.lines)])))
        for text in _heading(source, place, finding.problem, digits):
            self.console.print(text)
        shown = finding.problem.shown
        number = place_of(source, snapshot, shown.start).line
        for text in error_frame(snapshot, shown, self._width(digits), digits, number):
            self.console.print(text)
        for number, (offer, changes) in enumerate(zip(finding.offers, places, strict=True), 1):
            if finding.with_problem is not None and number == 1:
                self.console.print(_label("fix", _same_as(source, snapshot, finding.with_problem), digits))
                continue
            label = "fix" if len(finding.offers) == 1 else f"fix {number}"
            for text in _offer(offer, label, changes, self._width(digits), digits):
                self.console.print(text)
        if not finding.offers:
            self.console.print(_label("no fix", _said((finding.reason or UNSURE).text), digits, "yellow"))
        self.console.print()

    def close(self) -> None:
        """Print the summary."""
        counted = f"{_count(self.problems, 'problem')} in {_count(self.files, 'file')}"
        self.console.print(Text.assemble((counted, "bold"), f"{': ' if self._parts() else ''}{self._parts()}."))

    def _parts(self) -> str:
        """Return how many problems have which kind of fix."""
        below = self.problems - self.left - self.preferred - self.unsafe
        return ", ".join(
            f"{count} {text}"
            for count, text in (
                (self.preferred, "with a safe fix (--write applies it)"),
                (self.unsafe, f"with a fix from {percent(UNSAFE_PROBABILITY)} on (--write --unsafe)"),
                (below, "with one to look at"),
                (self.left, "without a fix"),
            )
            if count
        )

    def _count(self, finding: ProblemOffers) -> None:
        self.problems += 1
        best = finding.offers[0] if finding.offers else None
        self.left += best is None
        if best is not None and best.keeps_content:
            self.preferred += best.preferred
            self.unsafe += not best.preferred and best.probability >= UNSAFE_PROBABILITY

    def _width(self, digits: int) -> int:
        """Return the cells that a line of code may take."""
        whole = self.console.width if self.console.is_terminal else _PIPE_WIDTH
        return max(whole - digits - len(" | "), _MIN_WIDTH)


def changes_shown(
    source: FileOnDisk, snapshot: Snapshot, places: Sequence[Sequence[ChangedLine]], label: str
) -> list[Shown]:
    """Return the places of a change with lines numbered as a person counts them: in a notebook, from the beginning of
    each cell. A cell is named where it is another than that of `label`, and of the place before."""
    if source.notebook is None:
        return [Shown("", lines) for lines in places]
    found: list[Shown] = []
    shift = before = 0  # the lines that the change added so far, and those of them before the present cell
    present = ""
    for lines in places:
        named: dict[str, list[ChangedLine]] = {}
        for line in lines:
            # Lines that stay or are new are counted in the text after the change.
            at = line.number - 1 - (0 if line.sign == "-" else shift)
            name, _, first = cell_at_line(source, snapshot, at)
            if name != present:
                present, before = name, shift
            shift += {"+": 1, "-": -1}.get(line.sign, 0)
            if SEPARATOR not in line.text:
                number = line.number - first - (0 if line.sign == "-" else before)
                named.setdefault(name, []).append(line._replace(number=number))
        for name, own in named.items():
            if all(line.sign == " " for line in own):
                continue
            found.append(Shown(name if name != label else "", own))
            label = name
    return found


def _heading(source: FileOnDisk, place: Place, problem: Problem, digits: int) -> Iterator[Text]:
    yield Text.assemble((printable(problem.code), "bold red"), (": " + printable(problem.message), "bold"))
    yield Text.assemble((" " * digits + "--> ", "bold blue"), printable(f"{source.name}:{place}"))


def _offer(offer: Offer, label: str, places: Sequence[Shown], width: int, digits: int) -> Iterator[Text]:
    """Yield the lines that show an offer."""
    yield _label(label, _said(offer.candidate.title), digits, "bold cyan")
    for number, place in enumerate(places):
        if place.label:
            yield Text(" " * digits + f"in {place.label}:", "bold blue")
        elif number:
            yield Text(" " * digits + _ELLIPSIS, "bold blue")
        yield from change_frame(place.lines, width, digits)
    yield Text.assemble((" " * digits + " = ", "bold blue"), (_facts(offer), "dim"))
    if offer.why:
        yield Text.assemble((" " * digits + " = ", "bold blue"), (f"why: {printable(offer.why)}", "dim"))


def _facts(offer: Offer) -> str:
    """Return who proposed an offer, what was checked, and how sure it is."""
    sources = ", ".join(source.removeprefix("fixer:") for source in offer.sources or (offer.candidate.source,))
    sure = f"{percent(offer.probability)} sure"
    if not offer.keeps_content:
        sure += ", removes content"
    elif offer.preferred:
        sure += ", safe"
    elif offer.candidate.safety != "safe":
        sure += ", needs a look"
    return printable(" · ".join(filter(None, (sources, ", ".join(offer.verdict.checks), sure))))


def _label(label: str, text: str, digits: int, style: str = "bold cyan") -> Text:
    return Text.assemble((" " * digits + " = ", "bold blue"), (f"{label}: ", style), text)


def _said(text: str) -> str:
    """Return a sentence without what would break its line, or a terminal would execute."""
    return printable(text.replace("\n", " "))


def _same_as(source: FileOnDisk, snapshot: Snapshot, problem: Problem) -> str:
    place = place_of(source, snapshot, _place(snapshot, problem))
    return f"the one of {place.label}, line {place.line}" if place.label else f"the one of line {place.line}"


def _place(snapshot: Snapshot, problem: Problem) -> int:
    """Return the offset of a problem: where it is found, or on the line that is shown for it if that is another one."""
    at, shown = problem.span.start, problem.shown.start
    return at if snapshot.line_at(at) == snapshot.line_at(shown) else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
