"""Replace blocks in braces, as in C, Java and JavaScript, with indented blocks: `if (x) {` becomes `if (x):`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, is_near
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_HEADER_KEYWORDS = frozenset(
    ["if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with", "async", "function",
     "func", "fn", "catch", "switch", "match", "case", "unless", "foreach"]
)  # fmt: skip
_KEYWORDS = {"else if": "elif", "elseif": "elif", "elsif": "elif", "function": "def", "func": "def", "fn": "def",
          "catch": "except", "switch": "match", "foreach": "for"}  # fmt: skip
_HEAD = re.compile(r"else[ \t]+if\b|\w+")
_CATCH = re.compile(r"(?:catch|except)\s*\((?:(?:const\s+|final\s+)?([\w.]+)\s+)?&?(\w+)\)")


@fixer(
    handles="syntax",
    examples=[
        Example("if (x) {\n    go()\n}\nstop()\n", "if (x):\n    go()\nstop()\n"),
        Example(
            "if x == 1 {\n    a()\n} else if x == 2 {\n    b()\n} else {\n    c()\n}\n",
            "if x == 1:\n    a()\nelif x == 2:\n    b()\nelse:\n    c()\n",
        ),
        Example(
            "function add(a, b) {\n    return a + b;\n}\n",
            "def add(a, b):\n    return a + b;\n",
        ),
        Example("if (x) { go() } else { stop() }\n", "if (x): go()\nelse: stop()\n"),
        Example("while (x)\n{\n    x -= 1\n}\n", "while (x):\n    x -= 1\n"),
        Example(
            "try {\n    go()\n} catch (ValueError e) {\n    stop(e)\n}\n",
            "try:\n    go()\nexcept ValueError as e:\n    stop(e)\n",
        ),
        Example(
            "try {\n    go()\n} catch (e) {\n    stop(e)\n}\n",
            "try:\n    go()\nexcept Exception as e:\n    stop(e)\n",
        ),
    ],
    leaves=["if x == {1, 2}\n    go()\n"],
)
def remove_braces(context: Context) -> Iterator[Candidate]:
    """Yield a candidate that converts all brace blocks of the region, if any is near the problem."""
    edits = brace_edits(context)
    if edits:
        yield Candidate(tuple(edits), "Write the blocks without braces")


def brace_edits(context: Context) -> list[Edit]:
    """Return the edits that convert all brace blocks of the region; empty if no such line is near the problem."""
    if "{" not in context.region.text:
        return []
    found = [(line, edits) for index, line in enumerate(context.lines) if (edits := _line_edits(context, index))]
    opens = any(_opens(context, line) for line, _ in found)
    if not opens or not any(is_near(context, line.start) for line, _ in found):
        return []
    return [edit for _, edits in found for edit in edits]


def _opens(context: Context, line: Line) -> bool:
    """Return whether a line opens a block, or holds whole ones."""
    last = context.tokens[line.last - 1].text
    return last == "{" or (last == "}" and line.last - line.first > 2)


def _line_edits(context: Context, index: int) -> list[Edit]:
    """Return the edits for a line that opens or closes a block with a brace."""
    tokens, line = context.tokens, context.lines[index]
    first, last = tokens[line.first], tokens[line.last - 1]
    if line.last - line.first == 1 and last.text in ("}", "{"):
        return _lone_brace_edits(context, index)
    if line.last - line.first == 2 and first.text == "}" and last.text in (";", ","):
        return [context.edit(line.start, _next_start(context, last.end), "")] if last.text == ";" else []
    head = line.first + (first.text == "}")
    if head >= line.last or tokens[head].text not in _HEADER_KEYWORDS:
        return []
    edits = [context.edit(first.start, tokens[head].start, "")] if first.text == "}" else []
    if last.text == "}":
        return [*edits, *_one_line_edits(context, line, head)]
    if last.text != "{":
        return [*edits, *_before_brace(context, index, head)]
    before = tokens[line.last - 2]
    edits += _head_edits(context, head, before.end)
    edits.append(context.edit(before.end, last.end, ":" if before.text != ":" else ""))
    return edits


def _one_line_edits(context: Context, line: Line, head: int) -> list[Edit]:
    """Return the edits for a line with whole blocks in braces: `if x { go() } else { stop() }`."""
    tokens, partner = context.tokens, context.brackets.partner
    white = context.region.text[line.start : line.start + line.indent]
    edits: list[Edit] = []
    at = head
    while at < line.last and tokens[at].text in _HEADER_KEYWORDS:
        opener = find_top(tokens, at, line.last, ("{",))
        closer = partner.get(opener) if opener is not None else None
        if opener is None or closer is None or not opener + 1 < closer < line.last:
            return []
        before = tokens[opener - 1]
        if before.kind == "op" and before.text not in (")", "]", ":"):
            return []
        edits += _head_edits(context, at, before.end)
        edits.append(context.edit(before.end, tokens[opener + 1].start, " " if before.text == ":" else ": "))
        after = tokens[closer + 1].start if closer + 1 < line.last else tokens[closer].end
        edits.append(context.edit(tokens[closer - 1].end, after, f"\n{white}" if closer + 1 < line.last else ""))
        at = closer + 1
    return edits if at >= line.last else []


def _before_brace(context: Context, index: int, head: int) -> list[Edit]:
    """Return the edits for a header whose opening brace is on the next line."""
    following = context.lines[index + 1] if index + 1 < len(context.lines) else None
    line = context.lines[index]
    if following is None or following.text(context.tokens) != "{":
        return []
    end = context.tokens[line.last - 1].end
    colon = [] if context.tokens[line.last - 1].text == ":" else [context.edit(end, end, ":")]
    return [*_head_edits(context, head, end), *colon]


def _head_edits(context: Context, head: int, end: int) -> list[Edit]:
    """Return the edits that translate the keywords of a header: `else if`, `function`, `catch (E e)`."""
    start = context.tokens[head].start
    text = context.region.text[start:end]
    catch = _CATCH.fullmatch(text)
    if catch:
        return [context.edit(start, end, f"except {catch[1] or 'Exception'} as {catch[2]}")]
    word = _HEAD.match(text)
    new = _KEYWORDS.get(re.sub(r"\s+", " ", word.group())) if word else None
    return [context.edit(start, start + word.end(), new)] if word and new else []


def _lone_brace_edits(context: Context, index: int) -> list[Edit]:
    """Return the edit that removes a line with only a brace; an opening brace is removed only after a header."""
    line = context.lines[index]
    if context.tokens[line.first].text == "{":
        before: Line | None = context.lines[index - 1] if index else None
        if before is None or context.tokens[before.first].text not in (*_HEADER_KEYWORDS, "}"):
            return []
    elif any(_is_dict(context, opener) for opener in (context.brackets.partner.get(line.first),)):
        return []
    return [context.edit(line.start, _next_start(context, context.tokens[line.first].end), "")]


def _is_dict(context: Context, opener: int | None) -> bool:
    """Return whether the opening brace belongs to a value rather than to a block."""
    if opener is None:
        return False
    line = next(line for line in context.lines if line.first <= opener < line.last)
    head = context.tokens[line.first].text
    after_brace = head == "}" and line.first + 1 < line.last
    return head not in _HEADER_KEYWORDS and not after_brace and line.last - line.first > 1


def _next_start(context: Context, end: int) -> int:
    """Return the offset at which the line after `end` begins."""
    newline = context.region.text.find("\n", end)
    return newline + 1 if newline >= 0 else len(context.region.text)
