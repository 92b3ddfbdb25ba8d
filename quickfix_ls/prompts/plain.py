"""Ask for the changed lines and nothing else: the fewest tokens, so the fastest answer."""

from __future__ import annotations

from quickfix_ls.prompts import BAR, Material, VariantWords, variant


@variant()
def plain(material: Material) -> VariantWords:
    index = material.line - material.first
    failing = f"{material.line}{BAR}{material.lines[index]}" if 0 <= index < len(material.lines) else ""
    return VariantWords("Write the changed lines.", prediction=failing)
