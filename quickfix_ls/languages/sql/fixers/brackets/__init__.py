"""Fixers for brackets that are missing, extra, or around what takes none."""
