"""Make docs/reward-models.md and its plots: `python -m research.reward_models_report [STORED]`.

STORED is a folder with `candidates.parquet`, made by `quickfix-ls candidates`. What is missing beside it is made first,
which takes half an hour: `comparison.json` and `kept.parquet`, as by `python -m research.selector_comparison`. Every
`NAME.scores.parquet` there is a model that was fitted elsewhere, and is put beside the selectors. Without STORED, the
page is made of the figures that are kept in docs/reward-models.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

from research.running import exit_code

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "reward-models"
FIGURES = FOLDER / "comparison.json"
PAGE = DOCS / "reward-models.md"


def main() -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m research.reward_models_report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stored", type=Path, nargs="?", metavar="STORED", help="a folder with candidates.parquet")
    return exit_code(partial(_make, parser.parse_args().stored))


def _make(stored: Path | None) -> int:
    from research.reward_models_report.page import page
    from research.reward_models_report.plots import plot_all

    FOLDER.mkdir(exist_ok=True)
    if stored is not None:
        shutil.copyfile(_compared(stored), FIGURES)
    comparison: dict[str, Any] = json.loads(FIGURES.read_bytes())
    plot_all(comparison, FOLDER)
    PAGE.write_text(page(comparison), encoding="utf-8")
    return 0


def _compared(stored: Path) -> Path:
    """The comparison of a stored set, with the models from elsewhere that lie beside it."""
    from research.selector_comparison.evaluation import Files, add_scores, evaluate_candidates

    scores = {path.name.removesuffix(".scores.parquet"): path for path in sorted(stored.glob("*.scores.parquet"))}
    files = Files(stored / "candidates.parquet", scores, stored / "comparison.json", stored / "kept.parquet")
    is_there = (stored / "comparison.json").exists() and (stored / "kept.parquet").exists()
    (add_scores if is_there else evaluate_candidates)(files)
    return stored / "comparison.json"


if __name__ == "__main__":
    sys.exit(main())
