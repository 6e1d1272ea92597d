"""Words for rules, in the caller's language."""

from __future__ import annotations

from services.adapters.catalogues import Language, text


def rule_name(language: Language, rule: str) -> str:
    """How it has stalled."""
    return text(language, _id(rule))


def rule_ends(language: Language, rule: str) -> str:
    """What makes such an alert end by itself."""
    return text(language, f"{_id(rule)}.ends")


def _id(rule: str) -> str:
    return f"stall-{rule.replace('_', '-')}"
