"""Modules and members that were moved, renamed or removed."""
