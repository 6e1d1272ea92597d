"""The alerts about follow-ups, as the discipline worker hears of them: what plans of succession show of them.

A copy: it knows what the notifier has told so far, and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.successions.alerts import OWED_BY_JUDGES, Becomes, becomes
from schemas.discipline.followups import FollowUpPassedOn
from schemas.notifier.alerts import AlertEnded, AlertOpened, CaseKind, StallRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

# In the order of ids, so that two workers in a rebalance wait for each other instead of deadlocking.
_OPENED = """
insert into follow_up_alert (id, finding_id, rule, owner_post)
select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as opened(id, finding_id, rule, owner_post)
order by id on conflict (id) do nothing"""
_ENDED = """
update follow_up_alert set ended_by = ended.by
from unnest($1::uuid[], $2::uuid[]) as ended(id, by) where follow_up_alert.id = ended.id"""
_OPEN = """
select finding_id, follow_up_view.owner_post, rule, follow_up_alert.owner_post as told
from follow_up_alert join follow_up_view on follow_up_view.id = finding_id
where ended_by is null and going_on and follow_up_view.owner_post = any($1)"""
_FOLLOWED = """
select rule, data->>'from_post' as from_post, data->>'owner_post' as to_post
from follow_up_alert join events on event_id = ended_by
where type = $1 and data->>'succession_id' = $2::uuid::text
union all
select rule, coalesce(owner_post, data->>'owner_post'), coalesce(owner_post, data->>'owner_post')
from follow_up_alert join events on stream = 'follow_up-' || finding_id
where ended_by is null and rule = any($3) and type = $1 and data->>'succession_id' = $2::uuid::text"""
_PASSED_ON: str = FollowUpPassedOn.model_fields["type"].default


@dataclass(frozen=True, slots=True, order=True)
class AlertGoes:
    """Alerts of one rule, from one post to another."""

    rule: StallRule
    from_post: str
    to_post: str
    becomes: Becomes
    count: int


async def keep_alerts(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Note the batch's openings and ends of alerts about follow-ups: an effect of the discipline worker."""
    await fold_alerts(transaction.connection, batch)


async def fold_alerts(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """What was noted before stays as it is."""
    events = [recorded.event for recorded in batch]
    opened = {
        event.alert_id: event
        for event in events
        if isinstance(event, AlertOpened) and event.case_kind is CaseKind.FOLLOW_UP
    }
    if opened:
        rows = [(id_, one.case_id, one.rule, one.owner_post) for id_, one in sorted(opened.items())]
        await connection.execute(_OPENED, *map(list, zip(*rows, strict=True)))
    ended = {event.alert_id: event.ended_by for event in events if isinstance(event, AlertEnded)}
    if ended:
        await connection.execute(_ENDED, *map(list, zip(*sorted(ended.items()), strict=True)))


async def open_alerts(
    source: Pool[Record], goes_to: Callable[[UUID, str], str], posts: Sequence[str]
) -> list[AlertGoes]:
    """What is open now about what these posts own, and what the plan would make of it."""
    counted: Counter[tuple[StallRule, str, str]] = Counter()
    for row in await source.fetch(_OPEN, posts):
        rule, owner = StallRule(row["rule"]), row["owner_post"]
        stays = becomes(rule) is Becomes.GOES_ON
        goes = (row["told"] or owner,) * 2 if stays else (owner, goes_to(row["finding_id"], owner))
        counted[rule, *goes] += 1
    return _listed(counted)


async def followed_alerts(source: Pool[Record], succession_id: UUID) -> list[AlertGoes]:
    """What the plan has made of the alerts that were open when it was carried out."""
    rows = await source.fetch(_FOLLOWED, _PASSED_ON, succession_id, sorted(OWED_BY_JUDGES))
    return _listed(Counter((StallRule(row["rule"]), row["from_post"], row["to_post"]) for row in rows))


def _listed(counted: Counter[tuple[StallRule, str, str]]) -> list[AlertGoes]:
    return sorted(AlertGoes(rule, before, after, becomes(rule), n) for (rule, before, after), n in counted.items())
