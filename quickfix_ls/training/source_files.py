"""Which correct code the models learn from: the standard library and installed packages of permissive
licence."""

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
"""Packages that no training sees: what is reported for unseen files is measured on them."""

EXCLUDED = (
    "sympy", "IPython", "nltk", "statsmodels", "networkx", "scrapy", "astropy", "celery", "Bio", "theano",
    "mne", "spyder", "kivy", "beets", "yt_dlp", "openstack",
)  # fmt: skip
"""Packages that public benchmarks of program repair were cut from."""

# Not code that people wrote to be read: generated tables, test data that is broken on purpose, copies of
# others.
_SKIPPED_FOLDERS = frozenset(
    {"test", "tests", "testing", "idle_test", "_vendor", "vendored", "third_party", "thirdparty", "externals",
     "site-packages", "__pycache__", "typeshed", "lib2to3"}
)  # fmt: skip
_LARGEST = 400_000
_PERMISSIVE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|Unlicense|HPND)\b", re.I)
_RECIPROCAL = re.compile(r"\b(A?GPL|LGPL|MPL|Mozilla|EUPL|CDDL|General Public|Lesser)", re.I)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of correct code; `package` is its top-level package, `stdlib` for all of the standard
    library."""

    path: Path
    package: str

    def text(self) -> str | None:
        """Its text, None where it is not UTF-8, too long, or does not compile."""
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
    """The standard library and installed packages under a permissive licence, by package and path.

    `only` keeps the named packages and nothing else; `without` and those of `EXCLUDED` are left out
    otherwise.
    """
    left_out = {name.lower() for name in (*EXCLUDED, *without)}
    found = {path: SourceFile(path, package) for package, path in _all_files()}
    return sorted(
        (one for one in found.values() if (one.package in only if only else one.package.lower() not in left_out)),
        key=lambda one: (one.package, one.path.as_posix()),
    )


def plausibility_files() -> list[SourceFile]:
    """What the language model learns from: four in five of the source files."""
    return [one for one in source_files() if not _is_kept(one)]


def corpus_files() -> list[SourceFile]:
    """What is broken to train the reward model: the files that the language model has not seen, so that it
    finds them as plausible as any code that it will meet."""
    return [one for one in source_files() if _is_kept(one)]


def _is_kept(source: SourceFile) -> bool:
    # By the end of the path alone: where packages lie differs from machine to machine.
    return zlib.crc32("/".join((source.package, *source.path.parts[-2:])).encode()) % 5 == 0


def data_hash(texts: Iterable[str]) -> str:
    """SHA-256 over the texts in their order, in hexadecimal."""
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
    stated += [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    if not stated:
        stated = [one[:200] for one in about.get_all("License") or []]
    text = " ".join(stated)
    return bool(_PERMISSIVE.search(text)) and not _RECIPROCAL.search(text)
