"""What the discipline worker writes beside its events, and what its views hold."""
