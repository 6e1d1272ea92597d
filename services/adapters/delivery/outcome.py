"""What became of an attempt at a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ANSWER_CHARACTERS = 500
"""So much of an answer is kept: enough to see what is wrong, too little to become a store of anything."""


class State(StrEnum):
    """What a delivery is after an attempt."""

    SENT = "sent"
    FAILED_FOR_NOW = "failed_for_now"
    FAILED_FOR_GOOD = "failed_for_good"
    SUPPRESSED = "suppressed"


class What(StrEnum):
    """Why."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The other side says no, and will say so again."""
    NOT_NOW = "not_now"
    """The other side says no, for the moment."""
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    GONE = "gone"
    """The address is no longer wanted (HTTP 410); it is not used again."""
    NO_ADDRESS = "no_address"
    NOT_CONFIGURED = "not_configured"
    """This deployment has no such channel, or may not call that address."""
    REGISTRY_UNAVAILABLE = "registry_unavailable"
    TRIED_TOO_OFTEN = "tried_too_often"
    DEFECT = "defect"
    """The suite could not put the message together; its log says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An attempt's outcome, as it is recorded."""

    state: State
    what: What
    status: int | None = None
    """The SMTP or HTTP status, where there was one."""
    answer: str | None = None
    """The beginning of what the other side said."""

    @classmethod
    def sent(cls, status: int | None = None, answer: str | None = None) -> Outcome:
        """It arrived at the next station."""
        return cls(State.SENT, What.ACCEPTED, status, cut(answer))

    @classmethod
    def for_now(cls, what: What, status: int | None = None, answer: str | None = None) -> Outcome:
        """It is tried again."""
        return cls(State.FAILED_FOR_NOW, what, status, cut(answer))

    @classmethod
    def for_good(cls, what: What, status: int | None = None, answer: str | None = None) -> Outcome:
        """It is not tried again."""
        return cls(State.FAILED_FOR_GOOD, what, status, cut(answer))

    @classmethod
    def suppressed(cls, what: What) -> Outcome:
        """There is nothing to try."""
        return cls(State.SUPPRESSED, what)


def cut(answer: str | None) -> str | None:
    """The beginning of an answer, as the database can keep it."""
    return None if answer is None else answer.replace("\x00", "")[:ANSWER_CHARACTERS]
