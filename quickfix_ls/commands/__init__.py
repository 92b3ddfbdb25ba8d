"""The work of the command line's commands: the pipeline on files, and checks of this installation."""
