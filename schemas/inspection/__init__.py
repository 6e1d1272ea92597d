"""Events of the inspection context."""
