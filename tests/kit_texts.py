"""Positions and text edits of LSP the slow, obvious way, so that ours can be held against them; and `$0` marks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def marked(text: str) -> tuple[str, int]:
    """The text without its `$0`, and where that was; the end of the text where there is none."""
    place = text.find("$0")
    return text.replace("$0", "", 1), place if place >= 0 else len(text)


def position_at(text: str, offset: int, encoding: str = "utf-16") -> Json:
    """The LSP position of an offset in code points: the slow, obvious way."""
    head = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    if text[:offset].endswith("\r") and text[offset : offset + 1] == "\n":
        head = head[:-1]
    line = head.count("\n")
    last = head[head.rfind("\n") + 1 :]
    return {"line": line, "character": units(last, encoding)}


def offset_at(text: str, position: Json, encoding: str = "utf-16") -> int:
    """The offset in code points of an LSP position that lies in the text: the slow, obvious way."""
    start = 0
    lines = split_lines(text)
    for line in lines[: position["line"]]:
        start += len(line)
    for index in range(len(lines[position["line"]]) + 1):
        if units(lines[position["line"]][:index], encoding) == position["character"]:
            return start + index
    raise ValueError(f"{position} is not in the text")


def split_lines(text: str) -> list[str]:
    """The lines as LSP counts them, each with its end; one more, empty, where the text ends with a line end."""
    lines, line = [], ""
    for index, char in enumerate(text):
        line += char
        if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
            lines.append(line)
            line = ""
    return [*lines, line]


def units(text: str, encoding: str) -> int:
    """How many code units of an encoding a text takes."""
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    return len(text.encode(encoding if width == 1 else f"{encoding}-le", "surrogatepass")) // width


def apply_text_edits(text: str, edits: Sequence[Json], encoding: str = "utf-16") -> str:
    """The text after LSP text edits, which must not overlap."""
    spans = sorted(
        (
            offset_at(text, edit["range"]["start"], encoding),
            offset_at(text, edit["range"]["end"], encoding),
            edit["newText"],
        )
        for edit in edits
    )
    for (_, end, _), (start, _, _) in itertools.pairwise(spans):
        assert end <= start, f"edits overlap: {spans}"
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text
