"""Ask for the output or value that the code should have, then the lines, so that the fix follows the stated aim."""

from __future__ import annotations

import json

from quickfix_ls.prompts import Material, VariantWords, variant

_SCHEMA = {
    "type": "object",
    "properties": {
        "expected": {"type": "string"},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"line": {"type": "integer"}, "text": {"type": "string"}},
                "required": ["line", "text"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["expected", "lines"],
    "additionalProperties": False,
}


@variant(thinking=80, temperature=0.3)
def predicted_output(material: Material) -> VariantWords:
    return VariantWords(
        "Answer with one JSON object instead: "
        '{"expected": "what these lines should print or evaluate to, in a few words", '
        '"lines": [{"line": 12, "text": "    total = add(1, 2)"}]}',
        reply_schema=json.dumps(_SCHEMA),
    )
