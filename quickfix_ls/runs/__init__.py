"""What is known of an error of a running program: captured in the program, or read from its traceback.

This package is imported into users' programs, so it needs nothing but the standard library.
"""
