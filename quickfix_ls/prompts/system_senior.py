"""Ask a careful reviewer. The words of a system prompt come last here, since the first part is shared."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(temperature=0.5)
def system_senior(material: Material) -> VariantWords:
    return VariantWords(
        "You are a senior engineer who reviews this file and knows its author's habits: keep the style and the names "
        "of the lines around, look for a second mistake of the same kind, and mend both. Write the changed lines."
    )
