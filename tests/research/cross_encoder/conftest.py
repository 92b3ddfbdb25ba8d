"""The twin, what it learns from, and what it has become."""

from __future__ import annotations

from pathlib import Path

import pytest

from research.cross_encoder.__main__ import main
from tests.research.cross_encoder.kit import arguments, write_set, write_twin


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twin")
    write_twin(folder)
    return folder


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "candidates.parquet"
    write_set(path)
    return path


@pytest.fixture(scope="session")
def trained(stored: Path, twin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("trained")
    assert main(arguments(stored, twin, out)) == 0
    return out
