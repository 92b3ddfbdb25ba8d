"""Members, arguments, keys and modules: those that exist, and those that are misspelt."""
