"""Make the shipped list of words: the names of attributes, methods, arguments and definitions in the corpus.

    python -m quickfix_ls.training.word_list

A word is kept if two packages use it, or three files of a package, or any file of the standard library. The packages on
which figures are measured (`source_files.HELD_OUT`) are left out.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from quickfix_ls.languages.python.members.common_words import DATA
from quickfix_ls.training.source_files import data_hash, source_files

_SHORTEST = 2
_FILES = 3
_PACKAGES = 2


def main() -> int:
    """Write the list to the folder of the module that reads it; return 0."""
    texts = {file: text for file in source_files() if (text := file.text()) is not None}
    words = collect((file.package, text) for file, text in texts.items())
    head = f"# {__spec__.name}: {len(texts)} files, SHA-256 {data_hash(texts.values())}" if __spec__ else "#"
    DATA.write_text("\n".join([head, *words]) + "\n", encoding="utf-8")
    print(f"{DATA.name}: {len(words)} words from {len(texts)} files, {DATA.stat().st_size // 1024} KB")
    return 0


def collect(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return the common words of (package, text) pairs, sorted."""
    files: Counter[str] = Counter()
    packages: defaultdict[str, set[str]] = defaultdict(set)
    for package, text in texts:
        for word in set(_words(ast.parse(text))):
            files[word] += 1
            packages[word].add(package)
    common = (
        word for word, used in packages.items() if "stdlib" in used or len(used) >= _PACKAGES or files[word] >= _FILES
    )
    return sorted(word for word in common if len(word) >= _SHORTEST and word.isascii())


def _words(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, (ast.keyword, ast.arg)):
            yield node.arg or ""
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name


if __name__ == "__main__":
    sys.exit(main())
