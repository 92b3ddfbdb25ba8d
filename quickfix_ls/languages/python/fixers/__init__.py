"""The fixers of Python, one pattern a file, in a package for each theme; and how several of them look at code."""
