"""Texts as editors hold them: immutable snapshots and the conversion of positions."""
