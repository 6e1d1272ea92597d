"""Events of the notifier context."""
