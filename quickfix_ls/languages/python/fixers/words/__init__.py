"""Keywords, numbers, names and imports that are not spelt as Python has them."""
