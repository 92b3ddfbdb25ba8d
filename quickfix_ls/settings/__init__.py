"""What a user can choose: one schema, the places that it is read from, and what it means for one file."""

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
