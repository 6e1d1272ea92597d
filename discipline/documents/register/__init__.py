"""The register of an issuer's documents of one type in one year: the next number, without gaps or doubles."""
