"""The discipline context bound to its store, and the facts that its commands need of organisation and calendar."""
