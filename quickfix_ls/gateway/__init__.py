"""Everything that stands between us and a model: nothing leaves this machine but through here."""
