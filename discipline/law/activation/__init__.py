"""Rows that an administrator activates and withdraws, and the table as it stood at a moment."""
