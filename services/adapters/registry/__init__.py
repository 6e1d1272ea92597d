"""Persons and documents under envelope encryption: the crypto, the tables, and the client of the others."""
