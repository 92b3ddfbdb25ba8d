"""What a change of Python must pass, besides the checks for every language; one check a file."""
