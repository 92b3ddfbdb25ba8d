"""What a language is: its tokens, its units, and whether a text is well formed. One folder a language."""
