"""The fixers of SQL, by theme."""
