"""Ask for a few sentences of reasoning, then the lines: often the better fix, but always the slower one."""

from __future__ import annotations

from quickfix_ls.prompts import EDIT, Material, VariantWords, variant


@variant(thinking=160, temperature=0.3)
def chain_of_thought(material: Material) -> VariantWords:
    return VariantWords(
        "Say in at most three short sentences what the author meant and why "
        f"{material.naming.language} refuses it. Then write a line {EDIT}, and below it the changed lines."
    )
