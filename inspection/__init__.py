"""Directives, organisation, inspections and findings: what is decided, and what follows. Pure."""
