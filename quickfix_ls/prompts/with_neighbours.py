"""Ask with the definitions of the names that the failing lines use, so that calls and spellings can be checked."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(needs=("neighbours",), temperature=0.2)
def with_neighbours(material: Material) -> VariantWords:
    definitions = "\n\n".join(material.neighbours)
    return VariantWords(f"Elsewhere in the file:\n\n{definitions}\n\nWrite the changed lines.")
