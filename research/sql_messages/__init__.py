"""Records what engines and other tools say about broken statements, for the tests of how their messages are read."""
