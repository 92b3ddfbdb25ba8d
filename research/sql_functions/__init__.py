"""Makes the tables of built-in functions in `quickfix_ls/languages/sql/functions/` from the engines themselves."""
