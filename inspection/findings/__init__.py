"""Findings: what an inspector found at an agency, until it is confirmed or falls away."""
