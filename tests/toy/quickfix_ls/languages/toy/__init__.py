"""A toy: a line assigns an expression to a name, as in `area = (width * height)`; `;` begins a comment."""
