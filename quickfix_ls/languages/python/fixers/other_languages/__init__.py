"""Habits of C, Java, JavaScript and others."""
