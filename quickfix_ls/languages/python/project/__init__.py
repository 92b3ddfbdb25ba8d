"""The project that contains a file: its Python version, its packages, the names that they export and have renamed."""
