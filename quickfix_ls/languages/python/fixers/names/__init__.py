"""Undefined names."""
