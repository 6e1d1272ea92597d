"""How a deployment stands, in figures: what `kycuong status` shows on one screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import psycopg
from psycopg import sql

from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.lag import unapplied
from services.entrypoints.migrate import EVENT_SOURCED
from services.entrypoints.settings import Context, Settings

_CONTEXT = """
select (select count(*) from {0}.events),
    (select count(*) from {0}.events where position > (select position from {0}.relay_state)),
    (select count(*) from {0}.parked where state in ('waiting', 'failed')),
    (select count(*) from {0}.parked where state = 'dead')
"""
_NOTIFIER = """
select (select count(*) from deadline where not fired and due_at <= suite.now())
        + (select count(*) from alert_view where next_at <= suite.now()),
    (select count(*) from delivery where state in ('pending', 'failed_for_now', 'sending')),
    (select coalesce(array_agg(subject order by subject), '{}') from notice where ended_at is null),
    pg_database_size(current_database())
"""
STAMP = "%Y%m%dT%H%M%SZ"
"""How a backup's folder is named."""


@dataclass(frozen=True, slots=True)
class ContextStanding:
    """One context."""

    events: int
    unpublished: int
    unapplied: int
    """Messages that its worker has not acknowledged."""
    parked: int
    dead: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole."""

    contexts: Mapping[Context, ContextStanding]
    due: int
    """Deadlines and steps of ladders that are due, and not fired yet."""
    undelivered: int
    notices: tuple[str, ...]
    """What the watchdog says stands still."""
    database_bytes: int


def standing(settings: Settings) -> Standing:
    """Ask database and broker.

    Raises:
        psycopg.OperationalError: the database is away.
        kafka.errors.KafkaError: the broker is away.
    """
    contexts = {context: _context(settings, context) for context in EVENT_SOURCED}
    with psycopg.connect(settings.dsn("notifier")) as connection:
        row = connection.execute(_NOTIFIER).fetchone()
    assert row is not None  # noqa: S101 - a select without from gives one row
    due, undelivered, notices, size = row
    return Standing(contexts, due, undelivered, tuple(notices), size)


def _context(settings: Settings, context: Context) -> ContextStanding:
    with psycopg.connect(settings.dsn(context)) as connection:
        row = connection.execute(sql.SQL(_CONTEXT).format(sql.Identifier(context))).fetchone()
    assert row is not None  # noqa: S101 - likewise
    events, unpublished, parked, dead = row
    spec = import_module(f"services.entrypoints.workers.{context}").SPEC
    topics = [settings.topic_prefix + topic for topic in spec.topics]
    behind = unapplied(settings.brokers, settings.topic_prefix + consumer_of(context), topics)
    return ContextStanding(events, unpublished, behind, parked, dead)


def last_backup(folder: Path, now: datetime) -> tuple[str, timedelta] | None:
    """The newest finished backup in a folder, and its age."""
    names = sorted(path.name for path in folder.glob("*Z") if (path / "SHA256SUMS").exists())
    if not names:
        return None
    made = datetime.strptime(names[-1], STAMP).replace(tzinfo=UTC)
    return names[-1], now - made
