"""Tokens, lines and brackets of any language: the neutral view of a text that may be broken anywhere.

A language says how it is lexed by a `Lexis`; what is built on tokens knows nothing else of it.
"""
