"""Tokens checked against an issuer's keys, and the local issuer of the embedded default."""
