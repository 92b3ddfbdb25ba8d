"""Database schemas: the names and types of tables and columns, and their keys; never a row of a table."""
