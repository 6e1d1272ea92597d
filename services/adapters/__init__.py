"""What the ports meet in the world: PostgreSQL, Kafka, mail, webhooks, identity."""
