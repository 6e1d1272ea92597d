"""What becomes of an alert about a follow-up that passes on."""

from __future__ import annotations

from enum import StrEnum

from schemas.notifier.alerts import StallRule


class Becomes(StrEnum):
    """What becomes of it."""

    BEGINS_ANEW = "begins_anew"
    """It ends with the old owner; the new one is waited for from then on."""
    GOES_ON = "goes_on"
    """Somebody else owes it, to whom nothing has changed."""


OWED_BY_JUDGES = frozenset({StallRule.PLAN_NOT_ANSWERED, StallRule.EXTENSION_UNANSWERED})
"""An answer, owed by who judges what the owner did. Verification too, but not before the new owner has acknowledged."""


def becomes(rule: StallRule) -> Becomes:
    """What becomes of an alert of a rule."""
    return Becomes.GOES_ON if rule in OWED_BY_JUDGES else Becomes.BEGINS_ANEW
