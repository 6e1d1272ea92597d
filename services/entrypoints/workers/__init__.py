"""What each context's worker reads and does: one `SPEC` a module."""
