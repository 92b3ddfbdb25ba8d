"""The places that settings come from, the later ones over the earlier ones:

1. `pyproject.toml`, its table `[tool.quickfix-ls]`, and 2. `quickfix-ls.toml`, both of the nearest folder above
   the file that has either (a `pyproject.toml` without the table counts for nothing);
3. environment variables, `QUICKFIX_LS_MAX_OFFERS` for `maxOffers`;
4. the editor, or the command line.

The files are the project's, not the user's: `trust.py` says what they may set.
Files are read anew when they change: what is known of one is kept under its time and size.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from quickfix_ls.errors import UsageError
from quickfix_ls.settings.globs import anchored
from quickfix_ls.settings.schema import SECTION, Settings, outside, read, schema_of
from quickfix_ls.settings.trust import restrained

PREFIX = "QUICKFIX_LS_"
FILES = ("pyproject.toml", "quickfix-ls.toml")
"""The names of configuration files, the stronger one last."""


class Layer(NamedTuple):
    """One place's settings as they were written. `origin` is what complaints call the place, `folder` is a file's,
    where its globs are anchored."""

    raw: object
    origin: str = SECTION
    folder: str = ""


def resolve(
    folder: str, outer: Sequence[Layer] = (), environ: Mapping[str, str] = os.environ, base: str = ""
) -> tuple[Settings, list[str]]:
    """The settings that hold for files of `folder`, and what is wrong in any of the places.

    `folder` is an absolute path, or empty for what lies nowhere. `outer` are the layers of the editor or the
    command line, the last one the strongest. Globs that come from no file are anchored at `base`, the present
    folder where it is empty.
    """
    layers, complaints = nearest(folder)
    layers += [Layer(_from_environment(environ), "environment"), *outer]
    settings = Settings()
    for layer in layers:
        raw = _placed(layer.raw, layer.folder or base)
        if layer.folder:
            raw, untrusted = restrained(raw, layer.origin, layer.folder, spelt)
            complaints += untrusted
        settings, wrong = read(raw, settings, layer.origin, spelt)
        complaints += wrong
    return settings, complaints


def for_document(
    path: str, roots: Sequence[str], editor: Sequence[object], environ: Mapping[str, str] = os.environ
) -> tuple[Settings, list[str]]:
    """The settings that hold for an editor's document, and what is wrong in any of the places.

    `path` is absolute, empty for a document that is not a file: it counts as one of the first workspace folder.
    `roots` are the workspace folders, `editor` what the editor sent, the last the strongest.
    """
    above = [root for root in roots if path.startswith(os.path.join(root, ""))]
    root = max(above, key=len, default=roots[0] if roots else "")
    return resolve(os.path.dirname(path) or root, [Layer(raw) for raw in editor], environ, root)


def nearest(folder: str) -> tuple[list[Layer], list[str]]:
    """The configuration files of the nearest folder, from `folder` upwards, that has any; and what can't be read."""
    while folder:
        found = [_section_of(os.path.join(folder, name)) for name in FILES]
        layers = [Layer(raw, origin, folder) for raw, origin, _ in found if raw is not None]
        complaints = [complaint for _, _, complaint in found if complaint]
        if layers or complaints:
            return layers, complaints
        above = os.path.dirname(folder)
        folder = above if above != folder else ""
    return [], []


def assignments(texts: Sequence[str]) -> dict[str, object]:
    """The settings that a command line sets, each written `key=value`, the value as in the environment.

    Raises UsageError for a text without `=`, and for a wrong key or value.
    """
    raw: dict[str, object] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--set {text}: a setting is set by `key=value`, like `--set maxOffers=2`")
        raw[key] = _value(value, schema_of(spelt(key)))
    if complaints := read(raw, None, "--set", spelt)[1]:
        raise UsageError(" ".join(complaints))
    return raw


def spelt(key: str) -> str:
    """A setting's name in camelCase, from any way in which a place writes it: `maxOffers`, `max-offers`,
    `QUICKFIX_LS_MAX_OFFERS`."""
    return outside(key.removeprefix(PREFIX).lower()) if key.startswith(PREFIX) else outside(key.replace("-", "_"))


# -- environment ---------------------------------------------------------------------------------------------


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    set_here = sorted((key, text) for key, text in environ.items() if key.startswith(PREFIX) and text)
    return {key: _value(text, schema_of(spelt(key))) for key, text in set_here}


def _value(text: str, schema: Mapping[str, Any] | None) -> object:
    """A text as the value that its setting wants: JSON, or the plain text where that is meant (`3.10` is no
    number, `close_bracket,add_colon` a list). What fits neither is left for `read` to complain of."""
    types = (schema or {}).get("type", "string")
    if types == "array" and not text.lstrip().startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    is_json = text.startswith(('"', "{") if "object" in types else '"') or ("null" in types and text == "null")
    if "string" in types and not is_json:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


# -- files ---------------------------------------------------------------------------------------------------


def _section_of(path: str) -> tuple[Any, str, str]:
    """The settings in a file (None where it has none, or there is no such file), what to call the place, and
    what is wrong with the file."""
    try:
        status = os.stat(path)
    except OSError:
        return None, path, ""
    return _read_file(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read_file(path: str, mtime: int, size: int) -> tuple[Any, str, str]:
    in_pyproject = os.path.basename(path) == FILES[0]
    origin = f"{path}, [tool.{SECTION}]" if in_pyproject else path
    try:
        with open(path, "rb") as file:
            data = file.read()
        # Most projects have a pyproject.toml that says nothing of us: they pay for no parser.
        if in_pyproject and SECTION.encode() not in data:
            return None, origin, ""
        content = _parse(data.decode())
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        return None, origin, f"{path}: can't be read as TOML: {reason}. Nothing in it holds."
    if not in_pyproject:
        return content, origin, ""
    tool = content.get("tool")
    return tool.get(SECTION) if isinstance(tool, dict) else None, origin, ""


def _parse(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    content: dict[str, Any] = tomllib.loads(text)
    return content


# -- what is within a value ----------------------------------------------------------------------------------


def _placed(raw: object, folder: str) -> object:
    """The layer with its globs and paths placed in a folder, the present one where that is empty, and a provider's
    keys in camelCase. What has the wrong shape is left for `read` to complain of."""
    if not isinstance(raw, Mapping):
        return raw
    inner = raw.get(SECTION)
    section: Mapping[str, object] = inner if isinstance(inner, Mapping) else raw
    return {key: _placed_value(spelt(key), value, folder) for key, value in section.items()}


_GLOBS = frozenset({"perPath", "exclude", "neverSend"})
_PATHS = frozenset({"schemaFile"})


def _placed_value(key: str, value: object, folder: str) -> object:
    if key == "provider" and isinstance(value, Mapping):
        return {spelt(inner) if isinstance(inner, str) else inner: held for inner, held in value.items()}
    if key in _PATHS and isinstance(value, str) and value:
        return os.path.join(folder or os.getcwd(), value)
    return _anchored(value, folder) if key in _GLOBS else value


def _anchored(value: object, folder: str) -> object:
    folder = folder or os.getcwd()
    if isinstance(value, Mapping):
        return {anchored(glob, folder): names for glob, names in value.items() if isinstance(glob, str)}
    if isinstance(value, list):
        return [anchored(item, folder) if isinstance(item, str) else item for item in value]
    return value
