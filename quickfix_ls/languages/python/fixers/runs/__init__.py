"""Errors that a run raised and warnings of the compiler, as an editor or a tool reported them; their cause is found in
the file's structure, and no offer for them is preferred."""
