"""What a change of SQL must hold to."""
