"""What edits change, line by line: for a person to look at, and to know the same change again."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span, apply_edits

PREVIEW_LINES = 20


def preview(snapshot: Snapshot, edits: Sequence[Edit], limit: int = PREVIEW_LINES) -> str:
    """A unified diff of the lines that the edits touch, without file names and context: at most `limit` lines,
    the last of which says how many are left out. Empty where nothing changes."""
    import difflib  # here: the server's start need not wait for it

    shown: list[str] = []
    shift = 0
    for line, before, after in changed_lines(snapshot, edits):
        if before != after:
            hunk = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
            shown += [_moved(one, line, line + shift) if one.startswith("@@ ") else one for one in hunk]
        shift += len(after) - len(before)
    if len(shown) > limit:
        shown = [*shown[: limit - 1], f"... {len(shown) - limit + 1} more lines"]
    return "\n".join(shown)


def common_ends(left: Sequence[object], right: Sequence[object]) -> tuple[int, int]:
    """How many items two sequences share at their beginning, and how many of the others at their end."""
    shorter = min(len(left), len(right))
    head = 0
    while head < shorter and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < shorter - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    return head, tail


def changed_lines(snapshot: Snapshot, edits: Sequence[Edit]) -> list[tuple[int, list[str], list[str]]]:
    """The runs of lines that the edits touch: the first line's 0-based number, and the lines before and after,
    without their ends. Edits on the same line, or on lines next to each other, make one run."""
    runs: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits):
        first, last = snapshot.line_at(edit.span.start), snapshot.line_at(edit.span.end)
        if runs and first <= runs[-1][1] + 1:
            start, end, together = runs[-1]
            runs[-1] = (start, max(end, last), [*together, edit])
        else:
            runs.append((first, last, [edit]))
    return [(first, *_before_and_after(snapshot, first, last, together)) for first, last, together in runs]


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
    """A hunk's header, whose numbers count from the run's first line, as one that counts from the file's."""
    _, old, new, _ = header.split(" ")
    return f"@@ -{_from(old, before)} +{_from(new, after)} @@"


def _from(numbers: str, shift: int) -> str:
    start, *count = numbers[1:].split(",")
    return ",".join([str(int(start) + shift), *count])
