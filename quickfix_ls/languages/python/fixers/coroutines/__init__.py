"""`async` and `await`."""
