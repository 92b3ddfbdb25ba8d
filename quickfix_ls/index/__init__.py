"""The index of one file's source text, unit by unit, for any language; an edit updates only the units it touches."""
