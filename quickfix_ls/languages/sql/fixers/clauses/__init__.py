"""Fixers for the clauses of a query: their order, and parts that are missing or doubled."""
