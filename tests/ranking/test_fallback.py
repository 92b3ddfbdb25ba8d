"""Where LightGBM's library is missing, the logistic regression serves, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_ASK = """
import logging
logging.basicConfig()
from tests.kit_python import MODELS
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.ranking.loader import load_selector
selector = load_selector("lightgbm", FEATURE_NAMES, MODELS)
print(selector.name, len(selector.score([[0.0] * len(FEATURE_NAMES)] * 2, [1, 1])))
"""


def test_without_the_library_the_logistic_regression_serves(tmp_path: Path) -> None:
    # A package of that name without a library, found before the real one.
    (tmp_path / "lightgbm").mkdir()
    (tmp_path / "lightgbm" / "__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(_ROOT)])}
    done = subprocess.run([sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["logistic", "2"]
    assert "LightGBM is not installed" in done.stderr
