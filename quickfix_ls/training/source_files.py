"""Find the correct code on which models are trained: the standard library and packages with a permissive licence."""

from __future__ import annotations

import hashlib
import re
import sysconfig
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

HELD_OUT = ("jedi", "rich", "pygments", "sklearn")
"""Packages that are excluded from training: the figures for unseen files are measured on them."""

EXCLUDED = (
    "sympy", "IPython", "nltk", "statsmodels", "networkx", "scrapy", "astropy", "celery", "Bio", "theano",
    "mne", "spyder", "kivy", "beets", "yt_dlp", "openstack",
)  # fmt: skip
"""Packages from which public benchmarks of program repair were taken."""

# Code that was not written by hand for readers: generated tables, deliberately broken test data, vendored copies.
_SKIPPED_FOLDERS = frozenset(
    {"test", "tests", "testing", "idle_test", "_vendor", "vendored", "third_party", "thirdparty", "externals",
     "site-packages", "__pycache__", "typeshed", "lib2to3"}
)  # fmt: skip
_LARGEST = 400_000
_PERMISSIVE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|Unlicense|HPND)\b", re.I)
_RECIPROCAL = re.compile(r"\b(A?GPL|LGPL|MPL|Mozilla|EUPL|CDDL|General Public|Lesser)", re.I)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of correct code; `package` is its top-level package, `stdlib` for all of the standard library."""

    path: Path
    package: str

    def text(self) -> str | None:
        """Read the file; return None if it is not UTF-8, too long, or does not compile."""
        try:
            data = self.path.read_bytes()
            text = data.decode("utf-8-sig")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(text, "<source>", "exec", dont_inherit=True)
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return text.replace("\r\n", "\n") if len(data) <= _LARGEST else None


def source_files(only: Sequence[str] = (), without: Sequence[str] = HELD_OUT) -> list[SourceFile]:
    """Return the files of the standard library and of installed packages with a permissive licence, sorted by package
    and path.

    If `only` is given, only these packages are included; otherwise all but `without` and those of `EXCLUDED`.
    """
    left_out = {name.lower() for name in (*EXCLUDED, *without)}
    found = {path: SourceFile(path, package) for package, path in _all_files()}
    return sorted(
        (file for file in found.values() if (file.package in only if only else file.package.lower() not in left_out)),
        key=lambda file: (file.package, file.path.as_posix()),
    )


def plausibility_files() -> list[SourceFile]:
    """Return the files on which the token model is trained: four in five of the source files."""
    return [file for file in source_files() if not _is_kept(file)]


def corpus_files() -> list[SourceFile]:
    """Return the files that are broken to train the reward model: those on which the token model is not trained, so
    that it finds them as plausible as any unseen code."""
    return [file for file in source_files() if _is_kept(file)]


def _is_kept(source: SourceFile) -> bool:
    # Only the end of the path counts: the folders of packages differ between machines.
    return zlib.crc32("/".join((source.package, *source.path.parts[-2:])).encode()) % 5 == 0


def data_hash(texts: Iterable[str]) -> str:
    """Return the SHA-256 of all texts in order, in hexadecimal."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()


def _all_files() -> Iterator[tuple[str, Path]]:
    root = Path(sysconfig.get_paths()["stdlib"])
    for path in root.rglob("*.py"):
        if not _SKIPPED_FOLDERS & set(path.relative_to(root).parts):
            yield "stdlib", path
    for distribution in distributions():
        if not _is_permissive(distribution):
            continue
        for file in distribution.files or ():
            parts = file.parts
            if file.suffix == ".py" and len(parts) > 1 and not _SKIPPED_FOLDERS & set(parts) and ".." not in parts:
                yield parts[0], Path(str(distribution.locate_file(file)))


def _is_permissive(distribution: Distribution) -> bool:
    about = distribution.metadata
    stated = about.get_all("License-Expression") or []
    stated += [entry for entry in about.get_all("Classifier") or [] if entry.startswith("License ::")]
    if not stated:
        stated = [entry[:200] for entry in about.get_all("License") or []]
    text = " ".join(stated)
    return bool(_PERMISSIVE.search(text)) and not _RECIPROCAL.search(text)
