"""An extension of IPython, and so of Jupyter's kernels: after `%load_ext quickfix_ls`, the fix of an error is under its
traceback, and `%fix` makes the corrected cell the next input.

All cells that were run are read as one text, in their order, so that names of earlier cells are known, and the fix is
made in the cell that needs it. Nothing runs in the kernel but what is asked for.
"""

from __future__ import annotations

import asyncio
import linecache
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from quickfix_ls import languages
from quickfix_ls.documents.composed_view import ComposedView
from quickfix_ls.documents.formats.notebook import goes_on, pieces_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.language import FilePlace
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all, problem_of
from quickfix_ls.problems.run_facts import suggesting
from quickfix_ls.runs.capture import captured
from quickfix_ls.runs.record import RunError
from quickfix_ls.values import Offer, Problem, Reported, Span, apply_edits

T = TypeVar("T")

_SECONDS = 1.0
_URI = "cell:"


@dataclass(frozen=True)
class CellFix:
    """A fix of a cell: its `number` (as in `In [3]`), its text before and after, and the offer."""

    number: int
    before: str
    after: str
    offer: Offer


class Extension:
    """The state of the extension in one kernel: the last fix that was shown."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self.last: CellFix | None = None
        self._pipeline: Pipeline | None = None

    def after_cell(self, result: Any) -> None:
        """Show the fix of the error that a cell ended with."""
        error = result.error_before_exec or result.error_in_exec
        if error is None or not isinstance(error, Exception):
            return
        self.last = self.fix_of(error)
        if self.last is not None:
            print(shown(self.last, self._shell.execution_count - 1))

    def fix(self, line: str) -> None:
        """`%fix`: make the corrected cell the next input. With `--explain`, say what was checked, too."""
        if self.last is None:
            print("There is no fix: no cell has failed, or none was found that is sure enough.")
            return
        if "--explain" in line:
            checks = ", ".join(self.last.offer.verdict.checks)
            print(f"{self.last.offer.candidate.title}\n{checks}; {self.last.offer.probability:.0%} sure")
        self._shell.set_next_input(self.last.after, replace=False)

    def fix_of(self, error: Exception) -> CellFix | None:
        """Return the fix of an error in the cells that were run; None if there is none that is sure enough."""
        cells = {number: text for number, text in enumerate(self._shell.user_ns.get("In", ())) if text.strip()}
        view = ComposedView((p for number, text in cells.items() for p in pieces_of(f"{_URI}{number}", text)), goes_on)
        record = captured(error)
        place = self._place(record, cells)
        if place is None:
            return None
        language = languages.of(languages.EXPECTED)
        index = language.index(Snapshot.of(view.text), language.environment(FilePlace(notebook=True)), view.seams)
        problem = _problem(index, view, record, *place, cells[place[0]])
        if problem is None:
            return None
        self._pipeline = self._pipeline or Pipeline.load(language)
        offers = _waited(self._pipeline.final_offers(index, problem, Budget(_SECONDS, 1)))
        for offer in offers:
            edits = view.map_edits(offer.candidate.edits, f"{_URI}{place[0]}")
            if edits is not None and len(edits) == 1:
                uri, of_cell = next(iter(edits.items()))
                number = int(uri.removeprefix(_URI))
                return CellFix(number, cells[number], apply_edits(cells[number], of_cell), offer)
        return None

    def _place(self, record: RunError, cells: dict[int, str]) -> tuple[int, int] | None:
        """Return the number of the innermost cell of an error, and the line in it, from 0."""
        texts = {self._shell.transform_cell(text).strip(): number for number, text in cells.items()}
        for frame in reversed(record.frames):
            number = texts.get("".join(linecache.getlines(frame.path)).strip())
            if number is not None:
                return number, frame.line - 1
        if record.type in ("SyntaxError", "IndentationError", "TabError") and cells:
            return max(cells), max(0, record.frames[-1].line - 1 if record.frames else 0)
        return None


def _problem(index: Any, view: ComposedView, record: RunError, number: int, line: int, cell: str) -> Problem | None:
    snapshot = Snapshot.of(cell)
    if line >= snapshot.line_count:
        return None
    span = view.to_view(f"{_URI}{number}", snapshot.line_span(line))
    if span is None:
        return None
    said = suggesting(record.said, record.facts.names)
    found = problem_of(index, Reported(said, span, "python", record.type, facts=record.facts))
    if found is None:
        near = [problem for problem in find_all(index) if span.touches(Span(problem.span.start, problem.span.start))]
        found = near[0] if near else None
    return found


def _waited(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; in a kernel a loop is running already, so it gets a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def shown(fix: CellFix, current: int) -> str:
    """Return the text that shows a fix: what it does, the changed lines, and how to take it."""
    import difflib

    where = "" if fix.number == current else f" in cell [{fix.number}]"
    lines = difflib.unified_diff(fix.before.splitlines(), fix.after.splitlines(), lineterm="", n=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    title = f"fix{where}: {fix.offer.candidate.title} ({fix.offer.probability:.0%} sure; %fix writes it)"
    return "\n".join((title, *changed))


def load(shell: Any) -> None:
    """Add the extension to a shell: what `%load_ext quickfix_ls` calls."""
    extension = Extension(shell)
    shell.events.register("post_run_cell", extension.after_cell)
    shell.register_magic_function(extension.fix, "line", "fix")
