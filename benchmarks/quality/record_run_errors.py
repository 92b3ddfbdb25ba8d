"""Run the programs of `tests/data/run_errors/programs.txt`, and record the error that each ends with.

    python benchmarks/quality/record_run_errors.py --python PYTHON

PYTHON is an interpreter that has pandas, polars and numpy. A program is refused whose broken text ends without an
error, or whose fixed text ends with one. The traceback is recorded as `quickfix-ls run` does, in `recorded.jsonl`; the
folders of libraries are left out of it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Mapping
from typing import Any

from benchmarks.quality.recorded_errors import RECORDED, Program, programs, run

_LIBRARIES = re.compile(r"[^\s(]*/(?:site-packages|python3\.\d+)/")
_VERSIONS = """
import sys, numpy, pandas, polars
print(sys.version.split()[0], *(f"{package.__name__} {package.__version__}" for package in (numpy, pandas, polars)))
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--python", required=True, help="the interpreter that runs the programs")
    python = arguments.parse_args().python
    told = subprocess.run([python, "-c", _VERSIONS], capture_output=True, text=True, check=True).stdout.strip()
    rows = [row for program in programs() if (row := _row(python, program)) is not None]
    with RECORDED.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps({**row, "python": told}, ensure_ascii=False) + "\n")
    held_out = sum(row["held_out"] for row in rows)
    print(f"{len(rows)} errors recorded, {held_out} of them held out; Python {told}")


def _row(python: str, program: Program) -> dict[str, Any] | None:
    """Return the record of a program; None, with a complaint, if it can't be used."""
    code, error, _ = run(python, program, program.broken)
    fixed_code, _, complaint = run(python, program, program.fixed)
    if not code or error is None:
        print(f"{program.name}: it ends without an error")
        return None
    if fixed_code:
        print(f"{program.name}: its fixed text ends with an error:\n{complaint}")
        return None
    return {
        "name": program.name,
        "held_out": program.held_out,
        "broken": program.broken,
        "fixed": program.fixed,
        "files": dict(program.files),
        "error": {
            **error,
            "message": _LIBRARIES.sub("<library>/", error["message"]),
            "frames": [_placed(frame) for frame in error["frames"]],
        },
    }


def _placed(frame: Mapping[str, Any]) -> dict[str, Any]:
    return {**frame, "path": _LIBRARIES.sub("<library>/", str(frame["path"]))}


if __name__ == "__main__":
    main()
