"""The record of an agency under a directive: which confirmed findings count, each once, and when they are too many."""
