"""The notifier's parts that reach out: its tables, the firing of deadlines, and deliveries."""
