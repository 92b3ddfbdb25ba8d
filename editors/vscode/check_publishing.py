"""Hold the manifest and its pages to what VS Code's Marketplace takes: `python editors/vscode/check_publishing.py`.

The rules are those of https://code.visualstudio.com/api/working-with-extensions/publishing-extension and of the page on
the manifest beside it. `vsce` checks some of them, and says so only while it packages or publishes. Each complaint is
printed; the exit status is 1 if there is any.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

CATEGORIES = frozenset(
    (
        *("AI", "Azure", "Chat", "Data Science", "Debuggers", "Education", "Extension Packs", "Formatters", "Keymaps"),
        *("Language Packs", "Linters", "Machine Learning", "Notebooks", "Other", "Programming Languages"),
        *("SCM Providers", "Snippets", "Testing", "Themes", "Visualization"),
    )
)
MAX_KEYWORDS = 30
MIN_ICON = 128
"""Pixels of the icon's width and height."""

PAGES = ("README.md", "CHANGELOG.md")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)[^)]*\)|<(img)\b[^>]*\bsrc=[\"']([^\"']+)", re.IGNORECASE)


def complaints(folder: Path) -> Iterator[str]:
    """Yield what stands in the way of publishing the extension in `folder`."""
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    yield from _about_manifest(manifest)
    yield from _about_icon(folder, manifest.get("icon", ""))
    if not (folder / "LICENSE").is_file():
        yield "LICENSE: missing"
    for name in PAGES:
        if not (folder / name).is_file():
            yield f"{name}: missing"
        else:
            yield from _about_page(name, (folder / name).read_text(encoding="utf-8"))


def _about_manifest(manifest: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "displayName", "description", "version", "publisher", "license", "repository"):
        if not manifest.get(key):
            yield f"package.json: no `{key}`"
    if not re.fullmatch(r"\d+\.\d+\.\d+", manifest.get("version", "")):
        yield "package.json: `version` is not three numbers; a pre-release is a flag of `vsce publish`"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", manifest.get("publisher", ""), re.IGNORECASE):
        yield "package.json: `publisher` is no identifier"
    if unknown := set(manifest.get("categories", ())) - CATEGORIES:
        yield f"package.json: no such `categories`: {', '.join(sorted(unknown))}"
    if len(manifest.get("keywords", ())) > MAX_KEYWORDS:
        yield f"package.json: more than {MAX_KEYWORDS} `keywords`"
    if manifest.get("enabledApiProposals"):
        yield "package.json: proposed APIs can't be published"
    if "*" in manifest.get("activationEvents", ()):
        yield "package.json: it would be activated at every start"
    if badges := [badge["url"] for badge in manifest.get("badges", ()) if _is_svg(badge["url"])]:
        yield f"package.json: `badges` are SVG: {', '.join(badges)}"
    oldest, types = (_version(manifest.get(key, {}).get(name, "")) for key, name in _API)
    if not oldest:
        yield "package.json: `engines.vscode` names no version"
    elif types > oldest:
        yield "package.json: `@types/vscode` is newer than `engines.vscode`"


_API = (("engines", "vscode"), ("devDependencies", "@types/vscode"))


def _version(range_: str) -> tuple[int, ...]:
    """Return the first version in a range as major and minor; empty if there is none."""
    found = re.search(r"(\d+)\.(\d+)", range_)
    return tuple(map(int, found.groups())) if found else ()


def _about_icon(folder: Path, icon: str) -> Iterator[str]:
    if not icon or not (folder / icon).is_file():
        yield "package.json: no `icon`, or no such file"
        return
    head = (folder / icon).read_bytes()[:24]
    if not head.startswith(b"\x89PNG\r\n\x1a\n"):
        yield f"{icon}: not a PNG"
    elif min(struct.unpack(">II", head[16:24])) < MIN_ICON:
        yield f"{icon}: smaller than {MIN_ICON} x {MIN_ICON} pixels"


def _about_page(name: str, text: str) -> Iterator[str]:
    """Yield what is wrong with the links and pictures of a page, code blocks aside."""
    prose = re.sub(r"^( *)```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    for bang, link, tag, source in _LINK.findall(prose):
        target = link or source
        if (bang or tag) and not target.startswith("https:"):
            yield f"{name}: a picture that is not at https: {target}"
        elif (bang or tag) and _is_svg(target):
            yield f"{name}: a picture in SVG: {target}"
        elif not re.match(r"https:|#|mailto:", target):
            yield f"{name}: a link that leads nowhere from the Marketplace: {target}"


def _is_svg(url: str) -> bool:
    return url.partition("?")[0].lower().endswith(".svg")


if __name__ == "__main__":
    found = list(complaints(HERE))
    print("\n".join(found) or "Nothing stands in the way.")
    sys.exit(bool(found))
