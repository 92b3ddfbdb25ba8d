"""Errors of types, which only a checker can report and prove."""
