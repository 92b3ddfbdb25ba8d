"""What a model is asked: one prompt variant a file."""
