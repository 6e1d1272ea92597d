"""The event store on PostgreSQL, and what else lives in its database."""
