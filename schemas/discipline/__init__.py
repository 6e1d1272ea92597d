"""Events of the discipline context."""
