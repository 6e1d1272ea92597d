"""Directives: packs of duties and rules, and their life."""
