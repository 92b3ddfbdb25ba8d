"""Compound statements: headers, bodies and indentation."""
