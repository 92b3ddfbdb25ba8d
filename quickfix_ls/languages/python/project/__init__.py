"""The project around a file: its Python version, its packages, what they give out and what they renamed."""
