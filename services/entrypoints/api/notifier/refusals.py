"""What the notifier's edge refuses besides what an alert itself refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class WebhookOriginNotAllowed(Refusal):
    """The operator has not allowed the suite to send there."""

    origin: str
    field = "url"


@dataclass(unsafe_hash=True)
class PostNotHeld(Refusal):
    """The caller does not hold the post today."""

    post_id: str
    field = "post_id"


@dataclass(unsafe_hash=True)
class TooManyWebhooks(Refusal):
    """A person has only so many addresses."""

    most: int


@dataclass(unsafe_hash=True)
class DayOutsideCalendar(Refusal):
    """The calendar does not know the day."""

    day: date
    first: date
    last: date


@dataclass(unsafe_hash=True)
class DayAlreadyPast(Refusal):
    """Terms that were counted by the day have been told to people."""

    day: date
