"""The register of an issuer's documents of one kind in one year: the next number, without gaps or doubles."""
