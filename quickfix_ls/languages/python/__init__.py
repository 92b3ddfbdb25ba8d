"""Python: everything specific to the language. `language.py` is the record of its parts."""
