"""Syntax and names of C, Java, JavaScript and other languages."""
