"""The inputs of the GitHub Action."""

from __future__ import annotations

from pathlib import Path

import yaml

_ACTION = Path(__file__).resolve().parents[2] / "action.yml"


def made() -> str:
    """Return a table of the inputs in action.yml."""
    inputs = yaml.safe_load(_ACTION.read_text(encoding="utf-8"))["inputs"]
    rows = [f"| `{name}` | `{one['default']}` | {one['description']} |" for name, one in inputs.items()]
    return "\n".join(["| input | default | meaning |", "|---|---|---|", *rows]).replace("``", "")
