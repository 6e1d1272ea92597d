"""The parts of a round of the clock, each for many alerts at once, in the caller's transaction and under its lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, assert_never
from uuid import UUID

from opentelemetry.trace import INVALID_SPAN, Span

from notifier.alerts.commands import EndAlert, EscalateAlert, ExhaustLadder, ExpireAcknowledgement, OpenAlert
from notifier.alerts.state import NextKind, alert_id
from notifier.rules.case import Deadline, waits
from schemas.notifier.alerts import StallRule
from services.adapters.notifier import boards, cases, streams
from services.adapters.notifier.deliveries import Told, suppress
from services.adapters.notifier.streams import Act, Origin
from services.application.notifier import opening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asyncpg import Connection, Record

    from notifier.alerts.commands import Command
    from notifier.alerts.state import Alert, Next
    from notifier.calendar import Calendar
    from notifier.rules.case import Case
    from services.adapters.notifier.traces import AlertSpans
    from services.adapters.postgres.store import PostgresStore
    from services.application.notifier import Offices

_TAKE_DUE = """
with taken as (
    select case_kind, case_id, rule
    from deadline join unnest($1::text[], $2::uuid[], $3::text[]) as wanted(case_kind, case_id, rule)
        using (case_kind, case_id, rule)
    where not fired and due_at <= $4 for update of deadline skip locked),
done as (
    update deadline set fired = true from taken
    where deadline.case_id = taken.case_id and deadline.case_kind = taken.case_kind and deadline.rule = taken.rule
    returning deadline.case_kind, deadline.case_id, deadline.rule, basis, due_at)
select rule, basis, due_at, state from done join stall_case using (case_id, case_kind)
order by due_at, case_id, rule
"""
_TAKE_NEXT = """
select alert_view.id, case when case_kind in ('review', 'responsibility') then stall_case.state end as state
from alert_view left join stall_case using (case_id, case_kind)
where alert_view.id = any($1::uuid[]) and next_at <= $2
order by next_at, alert_view.id for update of alert_view skip locked
"""
_STANDING = """
select case_id, rule, basis
from deadline join unnest($1::text[], $2::uuid[], $3::text[]) as call(case_kind, case_id, rule)
    using (case_kind, case_id, rule)
where fired
"""
SUPERSEDES = {
    StallRule.DUE_SOON_LAST: (StallRule.DUE_SOON_FIRST,),
    StallRule.OVERDUE: (StallRule.DUE_SOON_FIRST, StallRule.DUE_SOON_LAST),
    StallRule.PROCESSING_PASSED: (StallRule.PROCESSING_NEARING,),
    StallRule.CONSULTATION_LAPSED: (StallRule.CONSULTATION_DUE,),
}
"""What is overdue is no longer due soon."""


@dataclass(frozen=True, slots=True)
class Now:
    """What a round stands on, the same for all that it does."""

    at: datetime
    offices: Offices
    calendar: Calendar
    spans: AlertSpans
    """Where what is done is told."""


@dataclass(frozen=True, slots=True)
class Away:
    """Who is not told of a case."""

    barred: frozenset[UUID] = frozenset()
    """In whatever post."""
    vacated: frozenset[UUID] = frozenset()
    """As the person who runs its board: his seat is vacant. In a post that he holds he is told like anybody."""

    @classmethod
    def of(cls, offices: Offices, case: Case) -> Self:
        """As it is on the day."""
        return cls(offices.barred(case), offices.vacated(case))


@dataclass(frozen=True, slots=True)
class Done:
    """An alert that changed."""

    act: Act
    alert: Alert
    told: Told | None
    """The step that was opened by it, if one was."""


async def open_due(
    connection: Connection[Record], store: PostgresStore, due: Sequence[Record], until: datetime, now: Now
) -> list[Done]:
    """Open the alerts of deadlines that are still due."""
    rows = await connection.fetch(_TAKE_DUE, *_keys(due), until)
    taken = [(row, cases.adapter().validate_json(row["state"])) for row in rows]
    now.offices.boards.update(await boards.of(connection, (case for _, case in taken)))
    away: dict[UUID, Away] = {}
    acts = (_opening(row, case, now, away) for row, case in taken)
    changed = await streams.carry_out(connection, store, acts, now.at)
    return [Done(act, alert, _told(act, alert, away[act.alert_id])) for act, alert in changed]


def _opening(row: Record, case: Case, now: Now, away: dict[UUID, Away]) -> Act:
    wait = next(wait for wait in waits(case) if wait.rule == row["rule"] and wait.basis.event_id == row["basis"])
    command = opening(case, Deadline(wait, row["due_at"]), now.offices, now.calendar, now.at)
    away[command.alert_id] = Away.of(now.offices, case)
    origin = Origin.of(wait.basis)
    span = now.spans.begin(command, command.rule, origin.traceparent, confidential=command.confidential)
    return Act(command.alert_id, streams.NOT_OPENED, command, origin, span)


async def move(
    connection: Connection[Record], store: PostgresStore, following: Sequence[Record], until: datetime, now: Now
) -> list[Done]:
    """Do what happens by itself to the alerts for which it is still due."""
    rows = await connection.fetch(_TAKE_NEXT, [row["id"] for row in following], until)
    named = {row["id"]: cases.adapter().validate_json(row["state"]) for row in rows if row["state"] is not None}
    now.offices.boards.update(await boards.of(connection, named.values()))
    away = {row["id"]: Away.of(now.offices, named[row["id"]]) if row["id"] in named else Away() for row in rows}
    known = await streams.read(connection, away)
    acts = []
    for id_ in away:
        read = known[id_]
        if (coming := read.alert.next) is not None:
            acts.append(_act(id_, read, _by_itself(coming, now), now))
    changed = await streams.carry_out(connection, store, acts, now.at)
    return [Done(act, alert, _told(act, alert, away[act.alert_id])) for act, alert in changed]


def _act(id_: UUID, read: streams.Read, command: Command, now: Now) -> Act:
    """A command on an alert that was opened before."""
    opened = read.alert.opened
    span: Span = INVALID_SPAN
    if opened is not None:
        span = now.spans.begin(command, opened.rule, read.origin.traceparent, confidential=opened.confidential)
    return Act(id_, read.loaded, command, read.origin, span)


def _by_itself(coming: Next, now: Now) -> Command:
    match coming.kind:
        case NextKind.CLIMB:
            return EscalateAlert(now.at, now.calendar)
        case NextKind.EXPIRE:
            return ExpireAcknowledgement(now.at)
        case NextKind.EXHAUST:
            return ExhaustLadder(now.at)
        case _:
            assert_never(coming.kind)


def _told(act: Act, alert: Alert, away: Away) -> Told | None:
    if not isinstance(act.command, OpenAlert | EscalateAlert):
        return None
    step = alert.ladder[alert.step]
    barred = away.barred if step.person_id is None else away.barred | away.vacated
    return Told(
        act.alert_id, alert.step, step.posts, step.person_id, barred, act.origin.correlation_id, act.traceparent
    )


async def supersede(connection: Connection[Record], store: PostgresStore, opened: Sequence[Done], now: Now) -> None:
    """End the calls that what opened now has made untrue, and do not deliver what of them still waits."""
    by: dict[tuple[UUID, str], UUID] = {}
    keys: list[tuple[str, UUID, str]] = []
    for done in opened:
        if (event := done.alert.opened) is not None:
            for rule in SUPERSEDES.get(event.rule, ()):
                keys.append((event.case_kind, event.case_id, rule))
                by[event.case_id, rule] = done.act.event_id
    if not keys:
        return
    rows = await connection.fetch(_STANDING, *map(list, zip(*keys, strict=True)))
    ending = {alert_id(row["case_id"], row["rule"], row["basis"]): by[row["case_id"], row["rule"]] for row in rows}
    known = await streams.read(connection, ending)
    acts = [
        _act(id_, read, EndAlert(ended_by=ending[id_], ended_type="notifier.alert_opened.v1"), now)
        for id_, read in known.items()
        if not read.alert.ended
    ]
    changed = await streams.carry_out(connection, store, acts, now.at)
    await suppress(connection, [act.alert_id for act, _ in changed])


def open_ones(done: Sequence[Done]) -> int:
    """How many of them anybody may count."""
    return sum(one.alert.opened is not None and not one.alert.opened.confidential for one in done)


def _keys(rows: Sequence[Record]) -> tuple[list[str], list[UUID], list[str]]:
    return [row["case_kind"] for row in rows], [row["case_id"] for row in rows], [row["rule"] for row in rows]
