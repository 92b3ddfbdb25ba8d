"""Make docs/recording.svg: what `quickfix-ls fix` prints for all examples in a terminal, and what `--write` then does.

Usage: python docs/make_recording.py   (from the root of the repository)
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

EXAMPLES = Path("examples")
RECORDING = Path("docs/recording.svg")
COMMANDS = (["fix", "examples"], ["fix", "--write", "examples"], ["fix", "--write", "--unsafe", "examples"])

_WIDTH = 110
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLES, Path(folder, EXAMPLES.name))
        for arguments in COMMANDS:
            console.print(Text.assemble(("$ ", "green"), f"quickfix-ls {' '.join(arguments)}"))
            console.print(Text.from_ansi(_printed(arguments, folder)))
    picture = console.export_svg(title="quickfix-ls", unique_id="quickfix-ls-recording")
    # Without rich's web fonts: a picture in a README fetches nothing.
    RECORDING.write_text(_FONT_FACES.sub("", picture), encoding="utf-8")


def _printed(arguments: list[str], folder: str) -> str:
    """Return what a command prints in a folder on a terminal with colours."""
    colours = ["--color", "always"]
    command = [sys.executable, "-m", "quickfix_ls", arguments[0], *colours, *arguments[1:]]
    here = os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])
    variables = {**os.environ, "PYTHONPATH": here, "COLUMNS": str(_WIDTH), "TERM": "xterm-256color"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=variables).stdout


if __name__ == "__main__":
    main()
