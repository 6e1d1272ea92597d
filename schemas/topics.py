"""Which topic carries what, and by which key: what holds a case together and what keeps it to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.discipline.ballots import BallotEvent
from schemas.discipline.boards import BoardEvent
from schemas.discipline.consultations import ConsultationEvent
from schemas.discipline.followups import FollowUpEvent
from schemas.discipline.responsibility import ResponsibilityEvent
from schemas.discipline.reviews import ReviewEvent
from schemas.discipline.successions import SuccessionEvent
from schemas.inspection.findings import FindingEvent
from schemas.inspection.inspections import InspectionEvent
from schemas.notifier.alerts import AlertEvent
from schemas.registry import CONTRACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

RESTRICTED = {
    "inspection": ("inspection.restricted",),
    "discipline": ("discipline.restricted", "discipline.reviews", "discipline.consultations"),
    "notifier": ("notifier.restricted",),
}
"""The topics that carry all events of a context, and its watermarks."""

OPEN = {context: f"{context}.events" for context in RESTRICTED}
"""The topic of a context's open copies: without persons, and read by nobody in the suite."""

DEAD_LETTERS = {context: f"{context}.deadletters" for context in RESTRICTED}
"""The topic that says which messages a context's worker has given up on."""

CHECKPOINTS = "suite.checkpoints"
"""The topic of all contexts' checkpoints, keyed by context."""

TOPICS = (
    *(topic for topics in RESTRICTED.values() for topic in topics),
    *OPEN.values(),
    *DEAD_LETTERS.values(),
    CHECKPOINTS,
)
"""Every topic of the suite."""

_KEYS = (
    (FindingEvent, "finding_id"),
    (FollowUpEvent, "finding_id"),
    (InspectionEvent, "inspection_id"),
    (ResponsibilityEvent, "finding_id"),
    (ReviewEvent, "review_id"),
    (BoardEvent, "board_id"),
    (BallotEvent, "ballot_id"),
    (ConsultationEvent, "consultation_id"),
    (SuccessionEvent, "succession_id"),
    (AlertEvent, "case_id"),
)

KEYS: dict[str, str | None] = {
    type_: next((field for kind, field in _KEYS if issubclass(contract, kind)), None)
    for type_, contract in CONTRACTS.items()
}
"""By type of event, the field that is its key; None stands for the stream's name."""


def key(type_: str, stream: str, data: Mapping[str, Any]) -> str:
    """Return the key of an event on Kafka: events with the same key stay in order (domain.md, Keys and order)."""
    field = KEYS[type_]
    return stream if field is None else str(data[field])
