"""What the notifier's worker does about the events of other contexts, in the transaction of their batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from inspection.organisation.state import INITIAL
from notifier.alerts.commands import EndAlert
from notifier.alerts.state import alert_id
from notifier.calendar import local_day
from notifier.rules.case import CaseEvent, case_of
from notifier.rules.wait import Mark
from notifier.tracking import Over, follow
from services.adapters import calendar as calendars
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.notifier import boards, cases
from services.adapters.notifier.defaults import shipped
from services.adapters.notifier.deliveries import suppress
from services.application.notifier import ALERT, Offices, opening
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from notifier.calendar import Calendar
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction


async def follow_cases(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Fold the batch into its cases, move their deadlines, and end the alerts whose cause is gone.

    An alert ends with the event that moved its case. One that was never opened, because the stall came and went while
    nobody looked, is opened and ended at once: it is on record, and nobody is told of what is over.
    """
    told = [(case_id, recorded) for recorded in batch if (case_id := case_of(recorded.event)) is not None]
    if not told:
        return
    connection = transaction.connection
    before = await cases.load(connection, dict.fromkeys(case_id for case_id, _ in told))
    calendar, defaults = await calendars.within(connection), shipped()
    after = dict(before)
    overs: list[tuple[Recorded, Sequence[Over]]] = []
    for case_id, recorded in told:
        event = cast("CaseEvent", recorded.event)
        after[case_id], over = follow(after[case_id], event, mark(recorded), calendar, defaults)
        if over:
            overs.append((recorded, over))
    await cases.keep(connection, before, after)
    if overs:
        await _end(transaction, overs, calendar)


def mark(recorded: Recorded) -> Mark:
    """What an alert remembers of the event that began its wait."""
    meta = recorded.meta
    return Mark(recorded.event_id, recorded.occurred_at, meta.correlation_id, meta.traceparent)


async def _end(
    transaction: BatchTransaction, overs: Sequence[tuple[Recorded, Sequence[Over]]], calendar: Calendar
) -> None:
    connection = transaction.connection
    missed = any(one.missed for _, over in overs for one in over)
    organisation = await CopiedOrganisation().read(connection) if missed else INITIAL
    missed_cases = (one.missed[0] for _, over in overs for one in over if one.missed is not None)
    seats = await boards.of(connection, missed_cases)
    given = []
    for recorded, over in overs:
        offices = Offices(organisation, local_day(recorded.recorded_at), seats)
        given.append((recorded, _reactions(recorded, over, offices, calendar)))
    await transaction.expect([reaction for _, reactions in given for reaction in reactions])
    for recorded, reactions in given:
        await transaction.carry_out(recorded, reactions)
    await suppress(connection, [_id(recorded, one) for recorded, over in overs for one in over])


def _reactions(recorded: Recorded, over: Sequence[Over], offices: Offices, calendar: Calendar) -> list[Reaction]:
    end = EndAlert(ended_by=recorded.event_id, ended_type=recorded.event.type)
    reactions = []
    for one in over:
        id_ = _id(recorded, one)
        if one.missed is not None:
            case, deadline = one.missed
            missed = opening(case, deadline, offices, calendar, recorded.recorded_at)
            reactions.append(Reaction("open_missed_alert", ALERT, id_, missed))
        reactions.append(Reaction("end_alert", ALERT, id_, end))
    return reactions


def _id(recorded: Recorded, one: Over) -> UUID:
    case_id = case_of(recorded.event)
    assert case_id is not None  # noqa: S101 - only a case's events end its stalls
    return alert_id(case_id.id, one.rule, one.basis)
