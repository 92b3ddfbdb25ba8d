"""Documents as editors hold them: immutable snapshots, views composed of documents, and the conversion of positions."""
