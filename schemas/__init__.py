"""The published language: event contracts, their versions and upcasters. Imports nobody."""
