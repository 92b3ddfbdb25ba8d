"""Brackets that are missing, too many, or of the wrong kind."""
