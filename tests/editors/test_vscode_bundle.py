"""What the VS Code extension's bundle leaves out. The bundle itself is started whenever it is made."""

from __future__ import annotations

import runpy
from pathlib import Path

from tests.kit import REPOSITORY

KEPT = (
    "anyio/__init__.py",
    "anyio-4.16.0.dist-info/METADATA",
    "anyio-4.16.0.dist-info/licenses/LICENSE",
    "lightgbm/__init__.py",
    "lightgbm/lib/lib_lightgbm.so",
    "lightgbm-4.7.0.dist-info/licenses/LICENSE",
    "quickfix_ls/models/python/lightgbm.txt",
    "rapidfuzz/distance/metrics_cpp.cpython-311-x86_64-linux-gnu.so",
)
LEFT_OUT = (
    "anyio-4.16.0.dist-info/RECORD",
    "anyio/__pycache__/abc.pyc",
    "bin/httpx",
    "lightgbm/basic.py",
    "quickfix_ls/training/mix.py",
    "rapidfuzz/distance/metrics_cpp_avx2.cpython-311-x86_64-linux-gnu.so",
    "rapidfuzz/fuzz_cpp.cpython-311-x86_64-linux-gnu.so",
    "rapidfuzz/fuzz.pyi",
)


def test_what_serving_does_not_need_is_left_out(tmp_path: Path) -> None:
    for name in (*KEPT, *LEFT_OUT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    runpy.run_path(str(REPOSITORY / "editors" / "vscode" / "bundle.py"))["prune"](tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(KEPT)
    assert not (tmp_path / "bin").exists()
