"""Missing, extra and mismatched brackets."""
