"""An error of a running program as a value: its type, its message, and the places that it passed through."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from quickfix_ls.runs.facts import NO_FACTS, Facts, from_json, to_json

VERSION = 1


@dataclass(frozen=True)
class Frame:
    """One place of a traceback, the outermost first.

    - `path` is that of the file, as the traceback has it; `line` and `end_line` count from 1.
    - `column` and `end_column` are those of the failing expression, in code points from 0; -1 if they are not known.
    - `function` is the name of the code; `text` is the source line as it was then, without its indentation.
    """

    path: str
    line: int
    function: str = ""
    text: str = ""
    end_line: int = 0
    column: int = -1
    end_column: int = -1


@dataclass(frozen=True)
class RunError:
    """An uncaught exception: `type` is its name without its module, `frames` the places that it passed through."""

    type: str
    message: str
    frames: tuple[Frame, ...]
    facts: Facts = NO_FACTS

    @property
    def said(self) -> str:
        """The last line of the traceback: `KeyError: 'pric'`."""
        return f"{self.type}: {self.message}" if self.message else self.type


def error_to_json(error: RunError) -> dict[str, Any]:
    """Return an error as an object of JSON."""
    frames = [asdict(frame) for frame in error.frames]
    facts = to_json(error.facts)
    return {"version": VERSION, "type": error.type, "message": error.message, "frames": frames, "facts": facts}


def error_from_json(value: Any) -> RunError | None:
    """Return the error in an object of JSON; None if it is none of this version."""
    if not isinstance(value, dict) or value.get("version") != VERSION:
        return None
    kind, message, frames = value.get("type"), value.get("message"), value.get("frames")
    if not (isinstance(kind, str) and isinstance(message, str) and isinstance(frames, list)):
        return None
    read = tuple(frame for item in frames if (frame := _frame_from_json(item)) is not None)
    return RunError(kind, message, read, from_json(value.get("facts")))


def _frame_from_json(value: Any) -> Frame | None:
    if not isinstance(value, dict) or not isinstance(value.get("path"), str) or not isinstance(value.get("line"), int):
        return None
    texts = {name: value[name] for name in ("function", "text") if isinstance(value.get(name), str)}
    numbers = {name: value[name] for name in ("end_line", "column", "end_column") if isinstance(value.get(name), int)}
    return Frame(value["path"], value["line"], **texts, **numbers)
