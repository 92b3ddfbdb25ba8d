"""Missing or misplaced `async` and `await`."""
