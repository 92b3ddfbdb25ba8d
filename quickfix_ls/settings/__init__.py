"""The user's settings: their schema, the sources from which they are read, and the rules that they give for a file."""

from __future__ import annotations

from quickfix_ls.settings.provider import ProviderSettings
from quickfix_ls.settings.rules import Rules, is_excluded, named_fixers, rules_for
from quickfix_ls.settings.schema import SECTION, Settings, json_schema, read
from quickfix_ls.settings.sources import FILES, Layer, assignments, for_document, resolve

__all__ = [
    "FILES",
    "SECTION",
    "Layer",
    "ProviderSettings",
    "Rules",
    "Settings",
    "assignments",
    "for_document",
    "is_excluded",
    "json_schema",
    "named_fixers",
    "read",
    "resolve",
    "rules_for",
]
