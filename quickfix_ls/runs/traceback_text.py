"""Read the tracebacks of errors from text: a terminal, a log, the report of a test run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quickfix_ls.runs.record import Frame, RunError

_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FRAME = re.compile(
    r'^(?P<prefix>.*?)(?P<indent>[ |]*)File "(?P<path>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<function>.+))?$'
)
_ERROR = re.compile(r"^(?P<type>(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:: (?P<message>.*))?$")
_PYTEST_PLACE = re.compile(
    r"^(?P<path>[^\s:][^:\n]*\.pyi?):(?P<line>\d+): ?(?:in (?P<function>\S+)|(?P<type>[A-Za-z_][\w.]*))?$"
)
_PYTEST_ERROR = re.compile(r"^E\s{2,}(?P<said>\S.*)$")
_PYTEST_TEXT = re.compile(r"^>\s+(?P<text>\S.*)$")
_CARETS = re.compile(r"^\s*(?P<carets>[~^]+)\s*$")
_IPYTHON = re.compile(
    r"^(?:File |Cell )(?P<path>\S+?|In\[\d+\])(?::|, line )(?P<line>\d+)(?:, in (?P<function>[^(]+).*)?$"
)
_IPYTHON_TEXT = re.compile(r"^-+> (?P<line>\d+) (?P<text>.*)$")


def errors_in(text: str) -> list[RunError]:
    """Return the errors whose tracebacks stand in a text, in its order. Of chained exceptions, the last is the one that
    was not handled, and the others come before it. Never raises."""
    lines = _COLORS.sub("", text).replace("\r\n", "\n").split("\n")
    return [*_of_python(lines), *_of_pytest(lines), *_of_ipython(lines)]


def _of_python(lines: list[str]) -> Iterator[RunError]:
    """Yield the errors of tracebacks in the form of the interpreter, also with a prefix before each line."""
    frames: list[Frame] = []
    prefix = indent = ""
    for number, line in enumerate(lines):
        found = _FRAME.match(line)
        if found:
            if not frames:
                prefix, indent = found["prefix"], found["indent"]
            frames.append(_frame_at(lines, number, found))
            continue
        if not frames or not line.startswith(prefix):
            continue
        said = line[len(prefix) :].lstrip("| ")
        is_inner = line[len(prefix) :].startswith(indent + " ") or not said
        error = None if is_inner or said.startswith(("Traceback", "[Previous line", "+-")) else _ERROR.match(said)
        if error:
            yield RunError(
                error["type"].rpartition(".")[2], _rest(lines, number, error["message"] or ""), tuple(frames)
            )
            frames = []


def _frame_at(lines: list[str], number: int, found: re.Match[str]) -> Frame:
    """Return the frame of a line `File "…", line …`, with the source line and the carets below it."""
    lead = len(found["prefix"])
    below = [line[lead:] for line in lines[number + 1 : number + 3]]
    text = below[0] if below and not below[0].lstrip("| ").startswith(('File "', "Traceback")) else ""
    stripped = text.lstrip("| ")
    column = end = -1
    carets = _CARETS.match(below[1].replace("|", " ")) if len(below) > 1 and stripped else None
    if carets:
        start = len(text) - len(stripped)
        first = carets.start("carets") - start
        marked = carets["carets"]
        # The operator of an expression is marked by carets, its operands by tildes.
        column, end = (first, first + len(marked)) if first >= 0 else (-1, -1)
    is_text = bool(text) and text.startswith(found["indent"] + " ")
    return Frame(
        found["path"], int(found["line"]), found["function"] or "", stripped.rstrip() if is_text else "",
        int(found["line"]), column if is_text else -1, end if is_text else -1,
    )  # fmt: skip


def _rest(lines: list[str], number: int, message: str) -> str:
    """Return a message with its further lines, up to an empty one or the next traceback."""
    further = []
    for line in lines[number + 1 : number + 10]:
        if not line.strip() or _FRAME.match(line) or line.startswith(("Traceback", "During", "The above")):
            break
        further.append(line)
    is_long = len(further) < 9 and not message.endswith((".", ")"))
    return "\n".join((message, *further)) if further and is_long and message == "" else message


def _of_pytest(lines: list[str]) -> Iterator[RunError]:
    """Yield the errors of pytest's reports, in its long and its short form."""
    said, text, frames = "", "", list[Frame]()
    for line in lines:
        if marked := _PYTEST_TEXT.match(line):
            text = marked["text"].strip()
        elif told := _PYTEST_ERROR.match(line):
            said = said or told["said"]
        elif frames and frames[-1].function and not frames[-1].text and line.startswith("    "):
            frames[-1] = replace(frames[-1], text=line.strip())
        elif place := _PYTEST_PLACE.match(line):
            frames.append(Frame(place["path"], int(place["line"]), place["function"] or "", text, int(place["line"])))
            text = ""
            if place["type"] or said:
                error = _ERROR.match(said)
                kind = (place["type"] or (error["type"] if error else "")).rpartition(".")[2]
                if error and kind and kind != "AssertionError":
                    yield RunError(kind, error["message"] or "", tuple(frames))
                said, frames = "", []
        elif line.startswith(("____", "====")):
            error = _ERROR.match(said)
            if said and frames and error:
                yield RunError(error["type"].rpartition(".")[2], error["message"] or "", tuple(frames))
            said, frames = "", []


def _of_ipython(lines: list[str]) -> Iterator[RunError]:
    """Yield the errors of IPython's tracebacks."""
    frames: list[Frame] = []
    path, function = "", ""
    for line in lines:
        if place := _IPYTHON.match(line):
            path, function = place["path"], (place["function"] or "").strip()
            frames.append(Frame(path, int(place["line"]), function, "", int(place["line"])))
        elif frames and (marked := _IPYTHON_TEXT.match(line)):
            frames[-1] = Frame(path, int(marked["line"]), function, marked["text"].strip(), int(marked["line"]))
        elif frames and (error := _ERROR.match(line)) and ":" in line:
            yield RunError(error["type"].rpartition(".")[2], error["message"] or "", tuple(frames))
            frames = []
