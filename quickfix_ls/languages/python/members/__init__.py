"""Members, arguments, keys and modules: which there are, and which are misspelt."""
