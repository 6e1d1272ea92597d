"""Keeps `finding_progress`: how each finding's follow-up stands, and its open alerts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast
from uuid import UUID

from pydantic import TypeAdapter

from inspection.progress import Progress, alert_moved, follow_up_moved, initial
from schemas.discipline.followups import FollowUpEvent
from schemas.notifier.alerts import AlertEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.discipline.followups import AnyFollowUpEvent
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

# In the order of ids, so that two workers in a rebalance wait for each other instead of deadlocking.
_LOCK = "select id, state from finding_progress where id = any($1::uuid[]) order by id for update"
_KEEP = """
insert into finding_progress (id, status, owner_post, due_at, percent, open_alerts, highest_step, state)
select id, state->>'status', state->>'owner_post', (state->>'due_at')::timestamptz, (state->>'percent')::integer,
    open_alerts, highest_step, state
from unnest($1::uuid[], $2::jsonb[], $3::integer[], $4::integer[]) as kept(id, state, open_alerts, highest_step)
on conflict (id) do update set status = excluded.status, owner_post = excluded.owner_post, due_at = excluded.due_at,
    percent = excluded.percent, open_alerts = excluded.open_alerts, highest_step = excluded.highest_step,
    state = excluded.state
"""


@cache
def _adapter() -> TypeAdapter[Progress]:
    return TypeAdapter(Progress)


async def keep_progress(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Fold the batch's events of follow-ups and of alerts about findings into their rows."""
    changed = sorted({found for recorded in batch if (found := _finding(recorded)) is not None})
    if not changed:
        return
    rows = await transaction.connection.fetch(_LOCK, changed)
    known = {row["id"]: _adapter().validate_json(row["state"]) for row in rows}
    folded = {finding_id: known.get(finding_id, initial) for finding_id in changed}
    for recorded in batch:
        if (finding_id := _finding(recorded)) is not None:
            folded[finding_id] = _fold(folded[finding_id], recorded)
    folded = {finding_id: progress for finding_id, progress in folded.items() if progress != initial}
    kept = list(folded.values())
    await transaction.connection.execute(
        _KEEP,
        list(folded),
        [_adapter().dump_json(progress).decode() for progress in kept],
        [len(progress.alerts) for progress in kept],
        [max((alert.step for alert in progress.alerts.values()), default=None) for progress in kept],
    )


def _finding(recorded: Recorded) -> UUID | None:
    """Return the finding that an event of another context may be about."""
    event = recorded.event
    if isinstance(event, FollowUpEvent):
        return event.finding_id
    return event.case_id if isinstance(event, AlertEvent) else None


def _fold(progress: Progress, recorded: Recorded) -> Progress:
    event = recorded.event
    if isinstance(event, AlertEvent):
        return alert_moved(progress, event)
    return follow_up_moved(progress, cast("AnyFollowUpEvent", event))
