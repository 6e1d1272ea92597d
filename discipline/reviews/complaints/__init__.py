"""Complaints against the decision: first, second, and the court for a forced termination."""
