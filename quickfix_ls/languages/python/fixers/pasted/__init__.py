"""Text copied along with code: prompts, line numbers, Markdown fences, merge conflict markers."""
