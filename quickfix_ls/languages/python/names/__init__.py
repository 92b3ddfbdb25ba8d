"""Names: those that a unit binds and reads, those that can be read at an offset, those with a similar spelling."""
