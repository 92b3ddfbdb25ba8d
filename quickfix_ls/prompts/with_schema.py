"""Ask with the database tables that the failing region mentions: names and types of columns, never rows."""

from __future__ import annotations

from quickfix_ls.prompts import Material, VariantWords, variant


@variant(needs=("schema",), temperature=0.2)
def with_schema(material: Material) -> VariantWords:
    return VariantWords(f"The database has:\n{material.schema}\n\nWrite the changed lines.")
