"""Notebooks that a real kernel has run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


def write_notebook(path: Path, cells: Sequence[str], *, is_run: bool = False) -> None:
    """Write a notebook of these code cells by nbformat; with `is_run`, each is run by a kernel of IPython before."""
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    notebook.cells = [nbformat.v4.new_markdown_cell("# Title")]
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in cells]
    if is_run:
        _run(notebook)
    nbformat.write(notebook, path)


def _run(notebook: Any) -> None:
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    manager, client = pytest.importorskip("jupyter_client.manager").start_new_kernel(kernel_name="python3")
    try:
        for cell in notebook.cells:
            if cell.cell_type == "code":

                def keep(message: Any, outputs: list[Any] = cell.outputs) -> None:
                    if message["msg_type"] in ("stream", "error", "execute_result", "display_data"):
                        outputs.append(nbformat.v4.output_from_msg(message))

                reply = client.execute_interactive(cell.source, output_hook=keep, allow_stdin=False, timeout=60)
                cell.execution_count = reply["content"]["execution_count"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
