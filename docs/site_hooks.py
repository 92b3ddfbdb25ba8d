"""Hooks of mkdocs: pages from the whole repository, links as they stand in it, and nothing fetched from elsewhere.

With `mkdocs build --strict` each warning of these hooks fails the build.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from reference.editors import EDITORS, readmes
from site_pages import ROOT, all_pages, pictures_of, site_links

_FETCHED = re.compile(r"<(?:script|link|img|iframe|source|object|video)\b[^>]*\b(?:src|srcset|href)=\"?(?:https?:)?//")

_log = logging.getLogger("mkdocs.plugins.site_hooks")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the editors into the navigation: the matrix first, where there is one."""
    editors: list[object] = [{"What works where": "editors.md"}] if (ROOT / "docs" / "editors.md").exists() else []
    for folder in readmes():
        title = EDITORS[folder][0] if folder in EDITORS else folder.capitalize()
        editors.append({title: f"editors/{folder}.md"})
    for section in config.nav or []:
        if "Editors" in section:
            section["Editors"] = editors
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie outside of docs/, and the pictures that they show."""
    for source, page in all_pages().items():
        if files.get_file_from_path(page) is None:
            # Pages in the navigation are shown there in any case; the others are found by links alone.
            hidden = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page, abs_src_path=str(ROOT / source), inclusion=hidden))
            for picture in pictures_of(source):
                if files.get_file_from_path(picture) is None:
                    files.append(File.generated(config, picture, abs_src_path=str(ROOT / picture)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a page's Markdown with the links of the repository made links of the site."""
    if page.file.abs_src_path is None:
        return markdown
    source = Path(page.file.abs_src_path).relative_to(ROOT).as_posix()
    return site_links(markdown, source, page.file.src_uri)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Warn of what a reader's browser would fetch from another server."""
    for found in _FETCHED.findall(output):
        _log.warning("%s fetches from another server: %s", page.file.src_uri, found)
    return output
