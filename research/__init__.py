"""Comparisons and reports that don't ship, one command each; see README.md."""
