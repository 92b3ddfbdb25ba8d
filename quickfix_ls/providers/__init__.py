"""What a model's server speaks: one wire format a file, each two pure functions around httpx."""
