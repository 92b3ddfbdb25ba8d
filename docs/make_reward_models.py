"""Make docs/reward-models.md and its plots: `python docs/make_reward_models.py [STORED]`.

STORED is a folder with `candidates.parquet`, made by `quickfix-ls candidates`. What is missing beside it is made first,
which takes half an hour: `comparison.json` and `kept.parquet`, by `quickfix-ls evaluate --candidates`. Every
`NAME.scores.parquet` there is a model that was fitted elsewhere, and is put beside the selectors. Without STORED, the
page is made of the figures that are kept in this folder.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = HERE / "reward-models"
FIGURES = FOLDER / "comparison.json"
PAGE = HERE / "reward-models.md"


def main() -> None:
    sys.path.insert(0, str(HERE))
    from reward_models_page import page
    from reward_models_plots import plot_all

    FOLDER.mkdir(exist_ok=True)
    if len(sys.argv) > 1:
        shutil.copyfile(_compared(Path(sys.argv[1])), FIGURES)
    comparison: dict[str, Any] = json.loads(FIGURES.read_bytes())
    plot_all(comparison, FOLDER)
    PAGE.write_text(page(comparison), encoding="utf-8")


def _compared(stored: Path) -> Path:
    """The comparison of a stored set, with the models from elsewhere that lie beside it."""
    from quickfix_ls.training.offline.evaluation import Files, add_scores, evaluate_candidates

    scores = {path.name.removesuffix(".scores.parquet"): path for path in sorted(stored.glob("*.scores.parquet"))}
    files = Files(stored / "candidates.parquet", scores, stored / "comparison.json", stored / "kept.parquet")
    is_there = (stored / "comparison.json").exists() and (stored / "kept.parquet").exists()
    (add_scores if is_there else evaluate_candidates)(files)
    return stored / "comparison.json"


if __name__ == "__main__":
    main()
