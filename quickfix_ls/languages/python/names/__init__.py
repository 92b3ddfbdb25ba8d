"""Names: which a unit binds and reads, which can be read at a place, which are near to another."""
