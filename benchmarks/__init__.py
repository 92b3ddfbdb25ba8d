"""Measurements of speed, endurance, other servers and quality; see README.md."""
