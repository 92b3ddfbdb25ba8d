"""What is copied along with code: prompts, line numbers, fences, conflict markers."""
