"""Fixers for Python: one pattern per file, one package per theme. The modules beside the packages hold what several
fixers share."""
