"""Kafka: topics, the relay from the store, the workers, and what reads the topics back."""
