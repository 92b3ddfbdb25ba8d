"""Whether the names that `from m import *` brings into a module are known to ty.

ty reports a member as missing although a module that it can't find may define it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from quickfix_ls.languages.python.types.ty_document import Server, TyDocument

_STAR = re.compile(r"^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]*\*", re.MULTILINE)
_MAX_MODULES = 30


async def resolves_stars(server: Server, definition: Any) -> bool:
    """Return whether each `from m import *` in a module, and in the modules that it takes its names from in this way,
    is of a module that ty finds. `definition` is ty's answer about the definition of the module. Raises as
    `Server.request`."""
    seen: set[str] = set()
    waiting = [_file(definition)]
    while waiting:
        path = waiting.pop()
        if path is None or len(seen) > _MAX_MODULES:
            return False
        if path in seen:
            continue
        seen.add(path)
        text = _read(path)
        if text is None:
            return False
        stars = list(_STAR.finditer(text))
        if not stars:
            continue
        document = TyDocument(server, text, Path(path).as_uri())
        try:
            waiting += [_file(await document.at("definition", star.end(1) - 1)) for star in stars]
        finally:
            document.close()
    return True


def _file(definition: Any) -> str | None:
    """Return the path of the file that a definition lies in; None if it is unknown or lies in several."""
    places = {place.get("uri") or place.get("targetUri") for place in definition or ()}
    if len(places) != 1:
        return None
    parts = urlsplit(str(places.pop()))
    return url2pathname(parts.path) if parts.scheme == "file" else None


def _read(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
