"""Python: everything that knows the language. `language.py` is the record of its parts."""
