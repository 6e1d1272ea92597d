"""Ports and the one generic handler: load, decide, append."""
