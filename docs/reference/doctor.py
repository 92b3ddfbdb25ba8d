"""The lines of `quickfix-ls doctor`."""

from __future__ import annotations

from quickfix_ls.health_lines import LINES, HealthLine


def made() -> str:
    """Return a table of the doctor's lines with their cures."""
    return "\n".join(["| line | what it is for | if it does not work |", "|---|---|---|", *map(_row, LINES.values())])


def _row(line: HealthLine) -> str:
    cure = line.cure.format(name="NAME", python="PYTHON")
    if cure.startswith("pip "):
        cure = f"`{cure}`"
    need = " (required)" if line.required else " (optional)" if cure else ""
    return f"| {line.what.format(name='NAME')} | {line.purpose.format(name='NAME')}{need} | {cure} |"
