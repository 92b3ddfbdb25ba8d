"""SQL inside of other texts: placeholders for what programs and templates put into a query."""
