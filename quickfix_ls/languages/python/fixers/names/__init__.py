"""Undefined names: misspellings, missing imports, missing `self`, wrong scope."""
