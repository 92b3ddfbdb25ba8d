"""Tokens, lines and brackets of source text in any language; the text may have errors anywhere.

A language supplies its lexical rules as a `Lexis`; code that works on tokens uses nothing else of the language.
"""
