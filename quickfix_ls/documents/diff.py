"""Compare the lines before and after edits, for previews and to recognize the same change again."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span, apply_edits

PREVIEW_LINES = 20


def preview(snapshot: Snapshot, edits: Sequence[Edit], limit: int = PREVIEW_LINES) -> str:
    """Return a unified diff of the lines that the edits touch, without file names and context lines.

    It has at most `limit` lines; if it is cut, the last line says how many are left out. Empty if nothing changes.
    """
    import difflib  # imported here, so that the server's start does not wait for it

    shown: list[str] = []
    shift = 0
    for line, before, after in changed_lines(snapshot, edits):
        if before != after:
            hunk = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
            shown += [_moved(row, line, line + shift) if row.startswith("@@ ") else row for row in hunk]
        shift += len(after) - len(before)
    if len(shown) > limit:
        shown = [*shown[: limit - 1], f"... {len(shown) - limit + 1} more lines"]
    return "\n".join(shown)


def common_ends(left: Sequence[object], right: Sequence[object]) -> tuple[int, int]:
    """Return the number of items that two sequences share at their start, and of further ones at their end."""
    shorter = min(len(left), len(right))
    head = 0
    while head < shorter and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < shorter - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    return head, tail


def changed_lines(snapshot: Snapshot, edits: Sequence[Edit]) -> list[tuple[int, list[str], list[str]]]:
    """Return the runs of lines that the edits touch: the first line's 0-based number, and the lines before and after.

    The lines have no line ends. Edits on the same line, or on adjacent lines, belong to the same run.
    """
    runs: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits):
        first, last = snapshot.line_at(edit.span.start), snapshot.line_at(edit.span.end)
        if runs and first <= runs[-1][1] + 1:
            start, end, previous = runs[-1]
            runs[-1] = (start, max(end, last), [*previous, edit])
        else:
            runs.append((first, last, [edit]))
    return [(first, *_before_and_after(snapshot, first, last, edits)) for first, last, edits in runs]


def _before_and_after(snapshot: Snapshot, first: int, last: int, edits: Sequence[Edit]) -> tuple[list[str], list[str]]:
    span = Span(snapshot.line_starts[first], snapshot.line_span(last).end)
    before = snapshot.text[span.start : span.end]
    after = apply_edits(before, edits, span.start)
    lines, changed = Snapshot.of(before), Snapshot.of(after)
    return (
        [lines.line_text(line) for line in range(lines.line_count)],
        [changed.line_text(line) for line in range(changed.line_count)],
    )


def _moved(header: str, before: int, after: int) -> str:
    """Convert a hunk's header from line numbers within the run to line numbers within the file."""
    _, old, new, _ = header.split(" ")
    return f"@@ -{_from(old, before)} +{_from(new, after)} @@"


def _from(numbers: str, shift: int) -> str:
    start, *count = numbers[1:].split(",")
    return ",".join([str(int(start) + shift), *count])
