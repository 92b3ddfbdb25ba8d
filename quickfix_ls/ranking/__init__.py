"""Rank the candidates of a problem: compute their features, and score them with a selector."""
