"""The only owner of "what is wrong here and which names exist"."""
