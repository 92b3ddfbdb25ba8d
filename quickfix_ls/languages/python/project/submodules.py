"""The modules of a package that `import package` does not load: `xml.etree.ElementTree`, `concurrent.futures`."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterable
from functools import lru_cache

from quickfix_ls.languages.python.project.installed import source_of

_STANDARD = sysconfig.get_path("stdlib")


def module_to_import(package: str, parts: Iterable[str], folders: tuple[str, ...]) -> str:
    """Return the module to import so that code can read `package.part.part`: the longest dotted name of a module among
    its beginnings, less what a package loads by itself. `folders` are searched besides the standard library."""
    places = (_STANDARD, *folders)
    module = needed = package
    for part in parts:
        child = f"{module}.{part}"
        if source_of(child, places) is None:
            break
        if not _loads(module, part, places):
            needed = child
        module = child
    return needed


@lru_cache(maxsize=1024)
def _loads(package: str, part: str, folders: tuple[str, ...]) -> bool:
    """Return whether the source of a package imports one of its modules, or gives its name to something else."""
    source = source_of(package, folders)
    try:
        text = source.read_text("utf-8", "replace") if source is not None else ""
    except OSError:
        return False
    full, last = re.escape(f"{package}.{part}"), re.escape(part)
    above = rf"from[ \t]+(?:\.|{re.escape(package)})[ \t]+import\b[^\n]*\b{last}\b"
    taken = rf"[ \t]*(?:from[ \t]+(?:\.{last}|{full})\b|import[ \t]+{full}\b|{above})"
    own = rf"(?:def|class)[ \t]+{last}\b|{last}[ \t]*="
    return re.search(rf"^(?:{taken}|{own})", text, re.MULTILINE) is not None
