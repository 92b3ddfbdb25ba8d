"""Document formats other than plain text: each composes the view of its documents."""
