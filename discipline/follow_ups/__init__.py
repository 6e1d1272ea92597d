"""The life of a follow-up: opened by a submitted finding, closed once verified and confirmed (domain.md)."""
