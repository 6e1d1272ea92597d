"""Why an alert is not acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class AlertUnknown(Refusal):
    """There is no such alert."""

    alert_id: UUID


@dataclass(unsafe_hash=True)
class AlertAlreadyEnded(Refusal):
    """What it waited for has happened or fallen away."""

    alert_id: UUID


@dataclass(unsafe_hash=True)
class NotTold(Refusal):
    """None of the person's posts has been told."""

    alert_id: UUID


@dataclass(unsafe_hash=True)
class AlreadyAcknowledgedOnThisStep(Refusal):
    """The post has acknowledged since the last step: only acting puts the next one off again."""

    alert_id: UUID
    post_id: str
