"""Modules and members that moved or were renamed."""
