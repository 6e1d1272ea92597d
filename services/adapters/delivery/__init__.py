"""Deliveries: what the notifier has to say, brought to people by mail and to systems by webhook."""
