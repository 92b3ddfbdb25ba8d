"""As few words as can be: what the model does by itself."""

from __future__ import annotations

from quickfix_ls.prompts import Material, Words, variant


@variant(temperature=0.7)
def system_minimal(material: Material) -> Words:
    return Words("Fix it.")
