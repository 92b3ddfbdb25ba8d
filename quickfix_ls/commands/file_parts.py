"""The parts of a file: its own text, masked where a template is in it, and the texts of other languages in it.

Each part is analysed by itself; problems and offers are shown in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quickfix_ls import languages
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.documents.formats.notebook_text import CellsView, keeps_cells
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.documents.view import TextView
from quickfix_ls.fix_all import FixedDocument
from quickfix_ls.index.index import Index
from quickfix_ls.languages.embedding import layers_in, own_view, shown_offer, shown_problem
from quickfix_ls.languages.language import Language
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.refused_changes import key_of, name_of, refused_at
from quickfix_ls.silence import UNSURE
from quickfix_ls.values import Edit, Offer, Problem, Span, compose_edits


@dataclass(frozen=True)
class FilePart:
    """A part of a file: its index, the `view` that the index is of (None: the file's text as it is), and the file's
    text. `key` tells the parts of one file apart. The text of a notebook is that of its cells: see `notebook_text`."""

    index: Index
    view: TextView | None
    text: Snapshot
    path: str
    key: tuple[str, str]
    is_notebook: bool = False

    @property
    def language(self) -> Language:
        """The language of the part."""
        return languages.of(self.index.language.name)

    def span_of_line(self, line: int) -> Span | None:
        """Return the span of the part that shows a 1-based line of the file; None if it shows nothing of it."""
        span = self.text.line_span(line - 1)
        return span if self.view is None else self.view.to_view("", span)

    def shown(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems in the file, without those that its comments switch off."""
        if self.view is None:
            yield from problems
            return
        for problem in problems:
            found = shown_problem(self.view, problem)
            if found is not None and switched_on(self.text, [found]):
                yield found

    def shown_offers(self, finding: ProblemOffers) -> ProblemOffers | None:
        """Return a problem with its offers in the file; None if it is about nothing that is written there."""
        if self.view is None:
            return finding
        problem = next(self.shown([finding.problem]), None)
        if problem is None:
            return None
        refused = refused_at(name_of(self.path))
        offers = tuple(
            shown
            for offer in finding.offers
            if (shown := shown_offer(self.view, offer)) is not None
            and self._may_be_made(shown.candidate.edits)
            and key_of(name_of(self.path), self.text, shown.problem, shown.candidate.edits) not in refused
        )
        first = next(self.shown([finding.with_problem]), None) if finding.with_problem is not None else None
        return ProblemOffers(problem, offers, None if offers else finding.reason or UNSURE, first)

    def edits_in_file(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...] | None:
        """Return edits of the part as edits of the file; None if they can't be made there."""
        if self.view is None:
            return edits
        mapped = self.view.map_edits(edits)
        found = tuple(edit for own in mapped.values() for edit in own) if mapped is not None else None
        return found if found is not None and self._may_be_made(found) else None

    def _may_be_made(self, edits: Sequence[Edit]) -> bool:
        """Return whether edits of the file leave the cells of a notebook apart."""
        return not self.is_notebook or keeps_cells(self.text.text, edits)


def parts_of_file(
    text: str, path: str, choices: Choices, roots: tuple[str, ...] = (), cells: Sequence[bool] = ()
) -> list[FilePart]:
    """Return the parts of a file, its own text first; `roots` are the folders whose modules it can import. Of a
    notebook, `cells` tells which of its code cells are Python."""
    language, snapshot = choices.language(path), Snapshot.of(text)
    environment = choices.environment(path, roots, text)
    is_notebook = bool(cells)
    view: TextView | None = CellsView(text, cells) if is_notebook else own_view(language, "", text, environment)
    own = snapshot if view is None else Snapshot.of(view.text)
    index = language.index(own, environment, view.seams if view is not None else ())
    parts = [FilePart(index, view, snapshot, path, (language.name, ""), is_notebook)]

    def environment_of(guest: Language) -> object:
        return choices.environment(path, roots, text, guest)

    for layer in layers_in(language, "", text, languages.of, environment_of):
        index = layer.language.index(Snapshot.of(layer.view.text), layer.environment, layer.view.seams)
        key = layer.language.name, layer.flavor
        parts.append(FilePart(index, layer.view, snapshot, path, key, is_notebook))
    return parts


class EditsInFile:
    """The edits of a part of a file so far; `takes` an offer only if they can be made in the file together with it."""

    def __init__(self, part: FilePart) -> None:
        self._part = part
        self._edits: tuple[Edit, ...] = ()
        self._next: tuple[Edit, ...] = ()

    def takes(self, offer: Offer) -> bool:
        """Return whether an offer, for the text after those `taken` so far, can be made in the file."""
        if self._part.view is None:
            return True
        self._next = compose_edits(self._edits, offer.candidate.edits)
        return self._part.edits_in_file(self._next) is not None

    def taken(self) -> None:
        """The offer that was asked about last is applied."""
        self._edits = self._next


def fixed_in_file(part: FilePart, fixed: FixedDocument) -> FixedDocument:
    """Return the file after the fixes of a part; the problems that are left stay those of the part."""
    edits = part.edits_in_file(fixed.edits)
    if part.view is None or edits is None:
        return fixed
    text = Snapshot.of(part.text.text)
    for edit in sorted(edits, reverse=True):
        text = text.edited(edit, None)
    return replace(fixed, snapshot=text, edits=edits)
