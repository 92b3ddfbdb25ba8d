"""Type errors, which only a type checker can report and confirm as fixed."""
