"""The inspection worker: hears how follow-ups stand and who is alerted, and drafts findings of shirking.

It reads no reviews: nothing of them is shown in this context, so nothing of them is known here either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.adapters.inspection.progress import keep_progress
from services.adapters.inspection.shirking import draft_shirking
from services.application.reactions import WorkerSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from services.application.reactions import Reaction


def react(_recorded: Recorded) -> Sequence[Reaction]:
    """Nothing follows from an event alone: the one policy needs facts that only the database has."""
    return ()


SPEC = WorkerSpec(
    "inspection", ("discipline.restricted", "notifier.restricted"), react, (keep_progress, draft_shirking)
)
