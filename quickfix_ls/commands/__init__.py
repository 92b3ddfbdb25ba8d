"""The work of the command line: the pipeline on files, and on the state of this installation."""
