"""The language server: the only package that knows the protocol; the packages below use offsets and plain values."""
