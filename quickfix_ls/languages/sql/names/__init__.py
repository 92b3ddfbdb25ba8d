"""The names in a statement: what they can refer to, and which refer to nothing."""
