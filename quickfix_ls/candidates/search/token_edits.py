"""Turn the steps of the search into text edits with usual spacing."""

from __future__ import annotations

from quickfix_ls.candidates.search.steps import Step
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.context import Context
from quickfix_ls.values import Edit

_COMMA = ","
_TIGHT = frozenset({")", "]", "}", ",", ":", ".", ";"})


def edit_of(context: Context, step: Step) -> Edit | None:
    """Return the edit of a step; None if there is no place in the text for it."""
    tokens, text = context.tokens, context.region.text
    if step.operation == "insert":
        return _insertion(context, step)
    first, last = tokens[step.first], tokens[step.last - 1]
    if step.operation == "swap":
        between = text[first.end : last.start]
        return context.edit(first.start, last.end, last.text + between + first.text)
    if step.operation == "delete":
        end = last.end
        start = first.start
        if start and text[start - 1] == " " and text[end : end + 1] in (" ", "\n", "\r", ""):
            start -= 1
        elif text[end : end + 1] == " " and (not start or text[start - 1] in "\n([{"):
            end += 1
        return context.edit(start, end, "") if _keeps_apart(text, start, end) else context.edit(start, end, " ")
    return context.edit(first.start, last.end, _padded(context, first.start, last.end, step.new))


def _insertion(context: Context, step: Step) -> Edit | None:
    """Return the edit that inserts a token between two others, with usual spacing; None if there is no place for it."""
    tokens, new, openers = context.tokens, step.new, context.lexis.openers
    if new == _COMMA and step.first and tokens[step.first - 1].kind in ("newline", "comment"):
        # A comma belongs to the end of a line.
        index = _last_code(context, step.first - 1)
        return context.edit(tokens[index].end, tokens[index].end, new) if index >= 0 else None
    before = tokens[step.first - 1] if step.first else None
    after = tokens[step.first] if step.first < len(tokens) else None
    if before is None or before.kind in ("newline", "comment"):
        if after is None or after.kind == "newline":
            return None
        tail = " " if new not in openers else ""
        return context.edit(after.start, after.start, new + tail)
    same_line = after is not None and after.kind not in ("newline", "comment")
    if new in _TIGHT or not same_line or after is None:
        is_operand = context.index.language.part(Vocabulary).is_operand(new)
        head = "" if new in _TIGHT or new in openers else " "
        tail = " " if new == "," and same_line and after and after.start == before.end else ""
        end = after.start if after is not None and after.kind == "newline" and is_operand else before.end
        return context.edit(before.end, end, head + new + tail)
    if new in openers:
        gap_end = after.start if before.kind == "name" and new != "{" else before.end
        if gap_end == before.end:
            return context.edit(after.start, after.start, new)
        return context.edit(before.end, gap_end, new)
    head = "" if before.text in openers or before.text == "." else " "
    tail = "" if after.text in _TIGHT else " "
    return context.edit(before.end, after.start, head + new + tail)


def _last_code(context: Context, index: int) -> int:
    """Return the index of the last token up to `index` that is no line end and no comment; -1 if there is none."""
    while index >= 0 and context.tokens[index].kind in ("newline", "comment"):
        index -= 1
    return index


def _keeps_apart(text: str, start: int, end: int) -> bool:
    """Return whether the text around [start, end) can be joined without merging two words."""
    return not (start and text[start - 1].isalnum() and text[end : end + 1].isalnum())


def _padded(context: Context, start: int, end: int, new: str) -> str:
    text = context.region.text
    if not new[0].isalpha():
        return new
    head = " " if start and text[start - 1].isalnum() else ""
    tail = " " if text[end : end + 1].isalnum() or text[end : end + 1] in context.lexis.closers else ""
    return head + new + tail
