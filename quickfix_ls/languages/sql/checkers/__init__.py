"""The checkers for SQL, one tool a file."""
