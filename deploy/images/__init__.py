"""The image that every process of the suite runs in."""
