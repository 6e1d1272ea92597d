"""What the inspection context keeps in its database beside its events."""
