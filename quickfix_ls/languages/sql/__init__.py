"""SQL: statements of any dialect, read with the schema of the database that they are for."""
