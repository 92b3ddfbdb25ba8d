"""Ask with examples of fixes that this user accepted before: they show best which fixes the user wants."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(needs=("examples",), temperature=0.2)
def few_shot(material: Material) -> VariantWords:
    shown = "\n\n".join(f"{fix.error}\nbefore:\n{fix.before}\nafter:\n{fix.after}" for fix in material.examples)
    return VariantWords(f"The author mended these alike:\n\n{shown}\n\nWrite the changed lines.")
