"""Formats of documents that are no plain text: how the view of one is composed."""
