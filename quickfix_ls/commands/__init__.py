"""The pipeline without an editor: on files, and on the state of this installation."""
