"""Compound statements: their headers, bodies and indentation."""
