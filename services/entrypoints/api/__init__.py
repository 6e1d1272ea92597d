"""The HTTP edge: one application a context, mounted on one root."""
