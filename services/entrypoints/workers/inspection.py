"""The inspection worker: hears how follow-ups stand and who is alerted, drafts findings of shirking, ends agencies.

It reads no reviews: nothing of them is shown in this context, so nothing of them is known here either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspection.organisation.commands import CompleteRestructuring
from schemas.discipline.successions import SuccessionApproved
from services.adapters.inspection.progress import keep_progress
from services.adapters.inspection.shirking import draft_shirking
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.reactions import Reaction, WorkerSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded


def react(recorded: Recorded) -> Sequence[Reaction]:
    """What follows from an event alone: with its plan approved, an act comes to pass."""
    event = recorded.event
    if not isinstance(event, SuccessionApproved):
        return ()
    return (Reaction("complete-restructuring", ORGANISATION, AUTHORITY, CompleteRestructuring(event.succession_id)),)


SPEC = WorkerSpec(
    "inspection", ("discipline.restricted", "notifier.restricted"), react, (keep_progress, draft_shirking)
)
