"""As few words as can be: what the model does by itself."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(temperature=0.7)
def system_minimal(material: Material) -> VariantWords:
    return VariantWords("Fix it.")
