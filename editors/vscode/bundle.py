"""Put the server and what it needs to serve into `bundled/libs`: `python editors/vscode/bundle.py [--target TARGET]`.

TARGET is one of vsce's names of platforms; the default is this machine's, and only that one is started for a check.
The packages are the versions of `constraints.txt`. One bundle serves all the Python versions in PYTHONS: only rapidfuzz
is compiled for one version each, and it falls back to Python code for others.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIBS = HERE / "bundled" / "libs"

PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux2014_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_27_aarch64", "manylinux2014_aarch64"),
    "darwin-x64": ("macosx_10_15_x86_64", "macosx_10_13_x86_64", "macosx_10_9_x86_64"),
    "darwin-arm64": ("macosx_12_0_arm64", "macosx_11_0_arm64"),
    "win32-x64": ("win_amd64",),
}
"""The tags of wheels that run on each of vsce's platforms."""

PACKAGES = (
    "pygls",
    "lsprotocol",
    "anyio",
    "detect-secrets",
    "httpx",
    "httpx-sse",
    "parso",
    "pathspec",
    "platformdirs",
    "rapidfuzz",
    "sqlglot",
    "stamina",
    # What some of these need on Python 3.10.
    "exceptiongroup",
    "tomli",
    "typing-extensions",
)
"""What serving imports. LightGBM comes apart: only its shared library is called, without numpy and scipy."""

UNUSED = (
    "bin/*",
    "*/__pycache__/*",
    "*/tests/*",
    "*.pyi",
    "*.pyx",
    "*.pxd",
    "*.h",
    "*.hpp",
    "*/py.typed",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    "*.dist-info/WHEEL",
    "*.dist-info/direct_url.json",
    # Only compiled variants for newer processors, beside the ones for all.
    "rapidfuzz/*_avx2.*",
    # Not used: `pyproject.toml` bans `rapidfuzz.fuzz`, which comes with a slow version in Python.
    "rapidfuzz/fuzz_cpp.*",
    # A faster reading of texts, beside the same in Python.
    "charset_normalizer/*.so",
    "charset_normalizer/*.pyd",
    "*__mypyc*",
    "yaml/*.so",
    "yaml/*.pyd",
    "tomli/*.so",
    "tomli/*.pyd",
    # The Python interface of LightGBM; `ranking/boosting.py` calls the library itself.
    "lightgbm/[!l]*",
    # Training and its corpus are for the command line.
    "quickfix_ls/training/*",
    "quickfix_ls/languages/python/breaking/*",
    "quickfix_ls/languages/sql/breaking/*",
    "sqlglot/executor/*",
)
"""Globs of what is left out."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", choices=PLATFORMS, default=this_platform())
    target = parser.parse_args(arguments).target
    shutil.rmtree(LIBS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        install(target, Path(work))
    prune(LIBS)
    if target == this_platform():
        import check_bundle

        check_bundle.check(LIBS, sys.executable)
    print(f"{LIBS}: {sum(file.stat().st_size for file in LIBS.rglob('*') if file.is_file()) / 1e6:.1f} MB for {target}")


def this_platform() -> str:
    """Return vsce's name of this machine's platform."""
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}[sys.platform]
    return f"{system}-{'arm64' if platform.machine().lower() in ('arm64', 'aarch64') else 'x64'}"


def install(target: str, work: Path) -> None:
    """Install the server and its packages for a platform into LIBS."""
    # Without isolation pip would take whatever build backend lies about.
    pip("wheel", "--no-deps", "--wheel-dir", str(work), str(ROOT))
    server = next(work.glob("quickfix_ls-*.whl"))
    into = ["--target", str(LIBS)]
    pip("install", *into, "--no-compile", *_for(target, PYTHONS[0]), "-c", str(ROOT / "constraints.txt"), *PACKAGES)
    pip("install", *into, "--no-deps", "--no-compile", str(server))
    wheels = work / "wheels"
    for version in PYTHONS[1:]:
        _download("rapidfuzz", target, version, wheels)
    _download("lightgbm", target, PYTHONS[0], wheels)
    for wheel in wheels.iterdir():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(LIBS)
    # An empty package: without it a `lightgbm` of the user's environment would be found first.
    (LIBS / "lightgbm" / "__init__.py").write_bytes(b"")


def prune(libs: Path) -> None:
    """Delete the files that match UNUSED, and then the empty folders."""
    for path in sorted(libs.rglob("*"), reverse=True):
        name = path.relative_to(libs).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif any(fnmatch(name, glob) for glob in UNUSED) and name != "lightgbm/__init__.py":
            path.unlink()


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments], check=True)


def _download(package: str, target: str, version: str, folder: Path) -> None:
    constraints = str(ROOT / "constraints.txt")
    pip("download", "--no-deps", "--dest", str(folder), *_for(target, version), "-c", constraints, package)


def _for(target: str, version: str) -> list[str]:
    tags = [argument for tag in PLATFORMS[target] for argument in ("--platform", tag)]
    return [*tags, "--python-version", version, "--implementation", "cp", "--only-binary", ":all:"]


if __name__ == "__main__":
    main()
