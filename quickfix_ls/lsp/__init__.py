"""The only package that knows the Language Server Protocol; everything behind it speaks in offsets and values."""
