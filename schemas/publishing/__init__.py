"""The contracts as documents for others: JSON Schema, AsyncAPI, samples, and what may not change between releases."""
