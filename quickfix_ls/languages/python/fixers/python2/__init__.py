"""What Python 2 wrote differently."""
