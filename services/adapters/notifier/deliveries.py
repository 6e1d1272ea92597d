"""Rows of `delivery`: who is told of a step, and by which channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import orjson

from inspection.organisation import queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from asyncpg import Connection, Record

    from services.application.notifier import Offices

INBOX, EMAIL, WEBHOOK = "inbox", "email", "webhook"

_WITHOUT_EMAIL = "select person_id from preference where not email and person_id = any($1::uuid[])"
_WEBHOOKS = """
select id, post_id, person_id from webhook where disabled_at is null and post_id = any($1::text[])
"""
# The inbox needs no courier: its row is the message, there as soon as the alert is.
_INSERT = """
insert into delivery (id, alert_id, step, post_id, person_id, personal, channel, webhook_id, state, told_at,
    finished_at, correlation_id, traceparent)
select id, alert_id, step, post_id, person_id, personal, channel, webhook_id,
    case channel when 'inbox' then 'sent' else 'pending' end, told_at,
    case channel when 'inbox' then clock_timestamp() end, correlation_id, traceparent
from json_to_recordset($1::json) as told(id uuid, alert_id uuid, step integer, post_id text, person_id uuid,
    personal boolean, channel text, webhook_id uuid, told_at timestamptz, correlation_id uuid, traceparent text)
on conflict (id) do nothing
"""
_SUPPRESS = """
update delivery set state = 'suppressed', finished_at = clock_timestamp()
where alert_id = any($1::uuid[]) and state in ('pending', 'failed_for_now')
"""
_WAKE = "select pg_notify('notifier_deliveries', '')"


@dataclass(frozen=True, slots=True)
class Told:
    """A step that was opened now, and its posts."""

    alert_id: UUID
    step: int
    posts: tuple[str, ...]
    person_id: UUID | None
    """Who alone is told, whatever post he holds by now; none where the post is."""
    barred: frozenset[UUID]
    """Who never hears of the case, in whatever post."""
    correlation_id: UUID
    traceparent: str | None


async def tell(connection: Connection[Record], steps: Sequence[Told], offices: Offices, at: datetime) -> int:
    """Write down everything that is to be delivered for the steps; return how many deliveries that are."""
    held = list(_held(steps, offices))
    if not held:
        return 0
    people = list({person for _, _, person in held if person is not None})
    silent = {row["person_id"] for row in await connection.fetch(_WITHOUT_EMAIL, people)}
    posts = list({post for _, post, _ in held})
    webhooks = [(row["post_id"], row["person_id"], row["id"]) for row in await connection.fetch(_WEBHOOKS, posts)]
    rows = []
    for step, post, person in held:
        rows.append(_row(step, post, person, INBOX, at))
        if person is not None and person not in silent:
            rows.append(_row(step, post, person, EMAIL, at))
        # An address belongs to who configured it: his successor's mail does not go there.
        mine = (id_ for of, by, id_ in webhooks if of == post and by == person)
        rows += [_row(step, post, person, WEBHOOK, at, webhook) for webhook in mine]
    await connection.execute(_INSERT, orjson.dumps(rows, default=str).decode())  # asyncpg's UUIDs are its own
    await connection.execute(_WAKE)
    return len(rows)


async def suppress(connection: Connection[Record], alert_ids: Sequence[UUID]) -> None:
    """Deliver no more of alerts that have ended; what was sent, was sent."""
    if alert_ids:
        await connection.execute(_SUPPRESS, list(alert_ids))


def _held(steps: Sequence[Told], offices: Offices) -> Iterator[tuple[Told, str, UUID | None]]:
    """Every post of the steps, with the person who is told in it: who holds it today, where it is not his alone."""
    for step in steps:
        for post in step.posts:
            person = step.person_id or _holder(offices, post)
            if person is None or person not in step.barred:
                yield step, post, person


def _holder(offices: Offices, post: str) -> UUID | None:
    """Who holds the post, or what it has become: a ladder names posts as they were when its alert opened."""
    heir = queries.heir_of(offices.organisation, post, offices.day)
    holding = None if heir is None else queries.holder(offices.organisation, heir, offices.day)
    return None if holding is None else holding.person_id


def _row(
    step: Told, post: str, person: UUID | None, channel: str, at: datetime, webhook: UUID | None = None
) -> dict[str, object]:
    return {
        "id": uuid5(step.alert_id, f"{step.step}/{post}/{channel}/{webhook or person}"),
        "alert_id": step.alert_id,
        "step": step.step,
        "post_id": post,
        "person_id": person,
        "personal": step.person_id is not None,
        "channel": channel,
        "webhook_id": webhook,
        "told_at": at,
        "correlation_id": step.correlation_id,
        "traceparent": step.traceparent,
    }
