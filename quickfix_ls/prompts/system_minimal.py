"""Ask with as few words as possible, and leave the rest to the model."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(temperature=0.7)
def system_minimal(material: Material) -> VariantWords:
    return VariantWords("Fix it.")
